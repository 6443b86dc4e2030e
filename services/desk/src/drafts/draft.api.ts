import { type DraftList, deskActions, findReach, type SaveDraft, type SavedDraft, saveDraft } from '@tasain/contracts'
import { createIdentityCipher, parseShape, refuse } from '@tasain/kit'
import express, { type Express, type Request, type Response } from 'express'
import { createAllowances } from '../gateway/allowance.ts'
import type { House } from '../house.ts'
import type { GetVisitor } from '../sign-in/session.api.ts'
import { type DraftRow, deleteDraft, findDraft, listDrafts, trimDrafts, writeDraft } from './draft.store.ts'
import {
  type DraftPlace,
  findDraftKind,
  isObjectId,
  isTooLarge,
  openBody,
  readVersion,
  sealBody,
  writeVersion,
} from './draft.ts'

/**
 * Mounts what people are in the middle of writing. Only ever one's own: the place of a draft begins with who asks. Nothing
 * of it goes to the access log, since nobody sees here what they have not typed themselves.
 */
export function mountDrafts(app: Express, { config, db, log, clock }: House, getVisitor: GetVisitor): void {
  const cipher = createIdentityCipher(config.draftKey)
  const allowances = createAllowances()
  // More than a body may be, for what JSON escapes; the body itself is measured once it is read.
  const json = express.json({ limit: '256kb' })

  const findSubject = async (request: Request, response: Response): Promise<string> => {
    const { caller } = await getVisitor(request)
    if (!findReach(deskActions['draft.keep'], caller.roles)) throw refuse('right.missing')
    const waitSeconds = allowances.take(caller.subject, 'other', clock.now())
    if (waitSeconds > 0) {
      response.set('Retry-After', String(waitSeconds))
      throw refuse('request.too_many')
    }
    return caller.subject
  }
  const findPlace = async (request: Request, response: Response): Promise<DraftPlace> => {
    const subject = await findSubject(request, response)
    const kind = findDraftKind(String(request.params['kind']))
    const objectId = readObjectId(request)
    if (!kind) throw refuse('request.not_found')
    return { subject, kind, objectId }
  }
  const open = (row: DraftRow) => {
    const body = openBody(cipher, row, row.sealed)
    if (!body) log.error({ kind: row.kind, objectId: row.objectId }, 'a draft does not open with the key of drafts')
    return body
  }

  app.get('/api/drafts/:id', async (request, response) => {
    const rows = await listDrafts(db, await findSubject(request, response), readObjectId(request))
    const drafts = rows.flatMap((row) => {
      const body = open(row)
      return body ? [{ kind: row.kind, version: writeVersion(row), savedAt: row.savedAt.toISOString(), body }] : []
    })
    response.json({ drafts } satisfies DraftList)
  })

  app.post('/api/drafts/:kind/:id', async (request, response) => {
    const place = await findPlace(request, response)
    const { version, since, body } = await readBody(json, request, response)
    if (isTooLarge(body)) throw refuse('draft.too_large')
    const draft = { ...place, ...readVersion(version), sealed: sealBody(cipher, place, body) }
    const savedAt = await db.transaction().execute(async (tx) => {
      const written = await writeDraft(tx, { ...draft, since: since === null ? null : readVersion(since) })
      if (written) await trimDrafts(tx, place.subject)
      if (written) return written
      const standing = await findDraft(tx, place)
      // Sent again, or overtaken on the way by a later writing of the same window.
      if (standing?.writer === draft.writer) return standing.savedAt
      // What no longer opens, such as after the key was lost, must not stand in the way of what is typed now.
      const overwritten = standing && !open(standing) && (await writeDraft(tx, { ...draft, since: standing }))
      if (!overwritten) throw refuse('draft.newer')
      return overwritten
    })
    response.json({ savedAt: savedAt.toISOString() } satisfies SavedDraft)
  })

  app.post('/api/drafts/:kind/:id/discard', async (request, response) => {
    const place = await findPlace(request, response)
    await db.transaction().execute((tx) => deleteDraft(tx, place))
    response.status(204).end()
  })
}

function readObjectId(request: Request): string {
  const id = String(request.params['id'])
  if (!isObjectId(id)) throw refuse('request.not_found')
  return id
}

/** Reads the body once it is known who sends it. */
async function readBody(
  json: ReturnType<typeof express.json>,
  request: Request,
  response: Response,
): Promise<SaveDraft> {
  await new Promise<void>((resolve, reject) =>
    json(request, response, (error?: unknown) => (error ? reject(error) : resolve())),
  )
  return parseShape(saveDraft, request.body ?? {})
}
