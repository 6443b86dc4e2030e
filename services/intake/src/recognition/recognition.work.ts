import type { ReadingFailure } from '@tasain/contracts'
import type { House } from '../house.ts'
import { ObjectOutOfReach, withLocalFile } from '../local-file.ts'
import { pageDead, readPage, readText } from '../queues.ts'
import type { IntakeTx } from '../schema.ts'
import { describeReading, insertReading } from './kept-reading.store.ts'
import { findPageToRead, settlePage } from './recognition.store.ts'

type Needs = Pick<
  House,
  'db' | 'log' | 'objects' | 'jobs' | 'cipher' | 'indexIdentity' | 'temporaryFolder' | 'readFields'
>
/** `missed`: how often the store has said by now that the page's object is not there. */
type Job = { pageId: string; missed?: number }
/** What the next station does with an application of which a page has been settled; in the same transaction. */
export type Follow = (tx: IntakeTx, applicationId: string) => Promise<void>

const outageSeconds = 10
const mostMissed = 6

/** Starts reading pages, so many at a time. */
export async function startReading(house: Needs, concurrency: number, follow: Follow): Promise<void> {
  await house.jobs.work<Job>(readPage, concurrency, async (job) => await readOnePage(house, job, follow))
  // Here comes a page whose reading has taken its worker down as often as it may.
  await house.jobs.work<Job>(pageDead, 1, async ({ pageId }) => {
    house.log.warn({ pageId }, 'a page is set aside after its reading ended abnormally too often')
    await setAside(house, pageId, 'scan.not_readable', follow)
  })
}

/** Reads a page that waits for it. @throws when its worker died, so that the job is tried again. */
export async function readOnePage(house: Needs, { pageId, missed = 0 }: Job, follow: Follow): Promise<void> {
  const page = await findPageToRead(house.db, pageId)
  if (!page) return
  try {
    const result = await withLocalFile(house, page.sha256, (path) =>
      house.readFields(path, page.mediaType, page.number),
    )
    if (!result.ok) return await setAside(house, pageId, result.code, follow)
    await house.db.transaction().execute(async (tx) => {
      const applicationId = await settlePage(tx, pageId, { state: 'read' })
      if (applicationId === undefined) return
      const reading = describeReading(house, pageId, result.engine, result.reading)
      await insertReading(tx, reading)
      if (reading.text_read_at === null) await house.jobs.plan(tx, readText, { pageId })
      await follow(tx, applicationId)
    })
  } catch (error) {
    if (!(error instanceof ObjectOutOfReach)) throw error
    house.log.error({ error, pageId, alarm: 'object_store' }, 'a page waits for the object store')
    // A store that is away is not the page's fault and costs it no try; one that lacks the page's object may never have it.
    const job: Job = error.isMissing ? { pageId, missed: missed + 1 } : { pageId }
    if ((job.missed ?? 0) >= mostMissed) return await setAside(house, pageId, 'scan.object_missing', follow)
    await house.db.transaction().execute((tx) => house.jobs.plan(tx, readPage, job, { afterSeconds: outageSeconds }))
  }
}

async function setAside(house: Needs, pageId: string, reason: ReadingFailure, follow: Follow): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    const applicationId = await settlePage(tx, pageId, { state: 'set_aside', reason })
    if (applicationId !== undefined) await follow(tx, applicationId)
  })
}
