import { setTimeout as sleep } from 'node:timers/promises'
import type { House } from '../house.ts'
import { withLocalFile } from '../local-file.ts'
import { readText, textDead } from '../queues.ts'
import { describeText } from './kept-reading.store.ts'
import { areFieldsWaiting, findTextToRead, keepText, type TextToRead } from './text.store.ts'
import { type PageJob, tryLater } from './try-later.work.ts'
import { giveNextTurn } from './turns.work.ts'

type Needs = Pick<House, 'db' | 'log' | 'objects' | 'jobs' | 'temporaryFolder' | 'readText'>

/** Fields come first, but not for ever: a text that has waited so long is read. */
const politeMs = 60_000
const lookAgainMs = 500

/** Starts reading the whole texts of pages whose fields have been read, so many at a time. */
export async function startReadingTexts(house: Needs, concurrency: number): Promise<void> {
  await house.jobs.work<PageJob>(readText, concurrency, async (job, { signal }) => {
    await giveNextTurn(house, readText)
    await readOneText(house, job, signal)
  })
  // Here comes a page whose text has taken its worker down as often as it may: it has its fields, and is not found by search.
  await house.jobs.work<PageJob>(textDead, 1, async ({ pageId }) => {
    house.log.warn({ pageId }, 'a page goes without its text, whose reading ended abnormally too often')
    const page = await findTextToRead(house.db, pageId)
    if (page) await keepText(house.db, page.readingId, undefined)
  })
}

/** Reads a page's text once no page waits for its fields. @throws when its worker died, so that the job is tried again. */
async function readOneText(house: Needs, job: PageJob, signal: AbortSignal): Promise<void> {
  const { pageId } = job
  const page = await findTextToRead(house.db, pageId)
  if (!page) return
  await letFieldsPass(house, signal)
  try {
    const read = await withLocalFile(house, page.sha256, (path) =>
      house.readText(path, page.mediaType, page.number, wishFor(page)),
    )
    if (!read.ok) house.log.warn({ pageId, code: read.code }, 'a page goes without its text')
    await keepText(house.db, page.readingId, read.ok ? describeText(page.fields, read.text) : undefined)
  } catch (error) {
    if (await tryLater(house, readText, job, error)) await keepText(house.db, page.readingId, undefined)
  }
}

// A known form's values have been read from larger pieces, so that its text may be read the cheaper way.
function wishFor({ rotation, skew, form }: TextToRead) {
  return { rotation, skew, mode: form === null ? ('clean' as const) : ('plain' as const) }
}

/** @throws when the job is taken back meanwhile. */
async function letFieldsPass({ db }: Needs, signal: AbortSignal): Promise<void> {
  const until = performance.now() + politeMs
  while (performance.now() < until && (await areFieldsWaiting(db))) await sleep(lookAgainMs, undefined, { signal })
}
