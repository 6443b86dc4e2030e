import { rm } from 'node:fs/promises'
import {
  type Caller,
  type FormTrial,
  formDraft,
  type IntakeAction,
  idempotencyHeader,
  type RefusalCode,
  toTrialDefinition,
} from '@tasain/contracts'
import { createLimiter, type Door, findAnswer, hashFile, onceOnly, refuse, whileAsked } from '@tasain/kit'
import type { Request, Response } from 'express'
import { getId } from '../../asked.ts'
import type { Asker, House } from '../../house.ts'
import type { Receiving } from '../../scanning/receiving.api.ts'
import { asScanRefusal } from '../../scanning/store-scan.work.ts'
import { receiveFile } from '../../scanning/upload.api.ts'
import type { Schema } from '../../schema.ts'
import { newTemporaryPath } from '../../temporary.ts'
import { getDraft, insertForm } from './form.store.ts'

type Needs = Pick<
  House,
  'db' | 'log' | 'accessLog' | 'temporaryFolder' | 'inspect' | 'proposeForm' | 'tryForm' | 'render'
>
type Arrived = { readonly path: string; readonly mediaType: string; readonly pages: number }

/** Answers with what the work makes of the file, for as long as somebody waits for it. */
type Receive = (
  caller: Caller,
  request: Request,
  response: Response,
  work: (file: Arrived, asker: Asker) => Promise<{ status: number; body: unknown }>,
) => Promise<void>

/** So many pages of a filled copy are tried. */
const mostTried = 4
/** A proposal takes a reading child for ten seconds or more, in which it reads no page. */
const limits = { atOnce: 2, atOnceEach: 1, waiting: 16, waitingEach: 4 }

/** Files of a form in the making: the blank it is proposed from, and filled copies to try it on, of which nothing is kept. */
export function mountFormUploads(door: Door<Schema, IntakeAction>, house: Needs, receiving: Receiving): void {
  const limiter = createLimiter(limits)
  const receive: Receive = ({ subject: person }, request, response, work) =>
    whileAsked(response, async (gone) => {
      const answer = await receiving.run(person, request, response, () =>
        withUpload(house, request, response, (path) => {
          const workOn = async (signal: AbortSignal) =>
            await work(await lookInto(house, path, { person, signal }), { person, signal })
          return limiter.run(person, workOn, { signal: gone })
        }),
      )
      response.status(answer.status).json(answer.body)
    })

  door.raw(['post'], '/forms', 'form.write', async ({ caller, header }, request, response) => {
    await receive(caller, request, response, (file, asker) =>
      makeForm(house, { caller, key: header(idempotencyHeader) }, file, getPage(request, file), asker),
    )
  })

  door.raw(['post'], '/forms/:id/trials', 'form.write', async ({ caller, params }, request, response) => {
    const id = getId(params)
    const draft = await getDraft(house.db, id)
    // Noted before anything of the copy is shown: it may be somebody's.
    await house.db
      .transaction()
      .execute((tx) => house.accessLog.append(tx, caller, 'form.write', [{ kind: 'form_trial', id }]))
    await receive(caller, request, response, async (file, asker) => ({
      status: 200,
      body: await tryForm(house, toTrialDefinition(draft), file, asker),
    }))
  })
}

/** Receives the request's file and gives its path to `work`; it is gone afterwards. */
async function withUpload<T>(
  house: Needs,
  request: Request,
  response: Response,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = newTemporaryPath(house.temporaryFolder, 'received')
  try {
    await receiveFile(request, response, path, house.log)
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}

async function lookInto(house: Needs, path: string, asker: Asker): Promise<Arrived> {
  const inspected = await house.inspect(path, asker)
  if (!inspected.ok) throw refuse(asFormRefusal(inspected.code))
  return { path, mediaType: inspected.mediaType, pages: inspected.pages }
}

/** The page of the file that is the form; the first unless told. @throws form.page_missing */
function getPage(request: Request, { pages }: Arrived): number {
  const page = Number(request.query['page'] ?? 1)
  if (!Number.isInteger(page) || page < 1 || page > pages) throw refuse('form.page_missing')
  return page
}

async function makeForm(
  house: Needs,
  { caller, key }: { caller: Caller; key: string | undefined },
  file: Arrived,
  page: number,
  asker: Asker,
) {
  const asked = { caller, header: () => key }
  const what = `form ${await hashFile(file.path)} ${page}`
  // Looked up first too: a proposal takes long, and whoever asks again has its answer.
  const earlier = await findAnswer(house.db, asked, what, null)
  if (earlier !== undefined) return earlier
  const proposed = await house.proposeForm(file.path, file.mediaType, page, asker)
  if (!proposed.ok) throw refuse(asFormRefusal(proposed.code))
  const { draft, image, words, isFilledIn } = proposed
  if (isFilledIn) throw refuse('form.filled_in')
  if (draft.anchors.length === 0 && draft.fields.length === 0) throw refuse('form.nothing_printed')
  const made = { draft: formDraft.parse(draft), image: Buffer.from(image), words, by: caller.subject }
  return await house.db.transaction().execute((tx) =>
    onceOnly(tx, asked, what, null, async () => {
      const id = await insertForm(tx, made)
      await house.accessLog.append(tx, caller, 'form.write', [{ kind: 'form', id }])
      return { status: 201, body: { id, pages: file.pages } }
    }),
  )
}

async function tryForm(
  house: Needs,
  form: ReturnType<typeof toTrialDefinition>,
  file: Arrived,
  asker: Asker,
): Promise<FormTrial> {
  const pages: FormTrial['pages'] = []
  for (let page = 1; page <= Math.min(mostTried, file.pages); page++) {
    const read = await house.tryForm(file.path, file.mediaType, page, form, asker)
    if (!read.ok) throw refuse(asFormRefusal(read.code))
    const { reading } = read
    const { rotation, skew, width, height } = reading
    const view = { page, rotation, skew, width: 'page' } as const
    const drawn = await house.render(file.path, file.mediaType, view, asker)
    if (!drawn.ok) throw refuse(asFormRefusal(drawn.code))
    const isLaid = reading.found === 'regions'
    const fit = isLaid ? 'lines' : reading.form === null ? 'none' : 'name'
    const fields = isLaid ? reading.fields : {}
    const codes = reading.barcodes.map(({ text }) => text.slice(0, 300))
    pages.push({ page, fit, codes, fields, width, height, image: drawn.image.toString('base64') })
  }
  return { pages, left: Math.max(0, file.pages - mostTried) }
}

/** What advises a clerk who scans is said otherwise to whoever makes a form. */
const ofForms: Partial<Record<RefusalCode, RefusalCode>> = {
  'scan.not_readable': 'form.not_readable',
  'scan.took_too_long': 'form.not_readable',
  'scan.out_of_memory': 'form.not_readable',
  'scan.too_large_image': 'form.too_large',
}
const asFormRefusal = (code: RefusalCode) => ofForms[code] ?? asScanRefusal(code)
