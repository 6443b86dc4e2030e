import { setTimeout as sleep } from 'node:timers/promises'
import type { PageText } from '@tasain/contracts'
import type { House } from '../house.ts'
import { ObjectOutOfReach, withLocalFile } from '../local-file.ts'
import { readText, textDead } from '../queues.ts'
import { describeText } from './kept-reading.store.ts'
import { areFieldsWaiting, findTextToRead, keepText, type TextToRead } from './text.store.ts'

type Needs = Pick<House, 'db' | 'log' | 'objects' | 'jobs' | 'temporaryFolder' | 'readText'>
type Job = { pageId: string; missed?: number }

const outageSeconds = 10
const mostMissed = 6
/** Fields come first, but not for ever: a text that has waited so long is read. */
const politeMs = 60_000
const lookAgainMs = 500

/** Starts reading the whole texts of pages whose fields have been read, so many at a time. */
export async function startReadingTexts(house: Needs, concurrency: number): Promise<void> {
  await house.jobs.work<Job>(readText, concurrency, async (job, { signal }) => await readOneText(house, job, signal))
  // Here comes a page whose text has taken its worker down as often as it may: it has its fields, and is not found by search.
  await house.jobs.work<Job>(textDead, 1, async ({ pageId }) => {
    house.log.warn({ pageId }, 'a page goes without its text, whose reading ended abnormally too often')
    await settleText(house, pageId, undefined)
  })
}

/** Reads a page's text once no page waits for its fields. @throws when its worker died, so that the job is tried again. */
export async function readOneText(house: Needs, { pageId, missed = 0 }: Job, signal?: AbortSignal): Promise<void> {
  const page = await findTextToRead(house.db, pageId)
  if (!page) return
  await letFieldsPass(house, signal)
  try {
    const read = await withLocalFile(house, page.sha256, (path) =>
      house.readText(path, page.mediaType, page.number, wishFor(page)),
    )
    if (!read.ok) house.log.warn({ pageId, code: read.code }, 'a page goes without its text')
    await settleText(house, pageId, read.ok ? read.text : undefined)
  } catch (error) {
    if (!(error instanceof ObjectOutOfReach)) throw error
    const job: Job = error.isMissing ? { pageId, missed: missed + 1 } : { pageId }
    if ((job.missed ?? 0) >= mostMissed) return await settleText(house, pageId, undefined)
    await house.db.transaction().execute((tx) => house.jobs.plan(tx, readText, job, { afterSeconds: outageSeconds }))
  }
}

// A known form's values have been read from larger pieces, so that its text may be read the cheaper way.
function wishFor({ rotation, skew, form }: TextToRead) {
  return { rotation, skew, mode: form === null ? ('clean' as const) : ('plain' as const) }
}

async function letFieldsPass({ db }: Needs, signal: AbortSignal | undefined): Promise<void> {
  const until = performance.now() + politeMs
  while (performance.now() < until && !signal?.aborted && (await areFieldsWaiting(db))) await sleep(lookAgainMs)
}

async function settleText(house: Needs, pageId: string, text: PageText | undefined): Promise<void> {
  const page = await findTextToRead(house.db, pageId)
  if (page) await keepText(house.db, page.readingId, text && describeText(page.fields, text))
}
