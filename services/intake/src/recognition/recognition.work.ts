import type { ReadingFailure } from '@tasain/contracts'
import type { House } from '../house.ts'
import { withLocalFile } from '../local-file.ts'
import { pageDead, readPage, readText, turnDue } from '../queues.ts'
import type { IntakeTx } from '../schema.ts'
import { describeReading, insertReading } from './kept-reading.store.ts'
import { findPageToRead, settlePage } from './recognition.store.ts'
import { type PageJob, tryLater } from './try-later.work.ts'
import { giveNextTurn, startTurns } from './turns.work.ts'

type Needs = Pick<
  House,
  'db' | 'log' | 'objects' | 'jobs' | 'cipher' | 'indexIdentity' | 'temporaryFolder' | 'readFields'
>
/** What the next station does with an application of which a page has been settled; in the same transaction. */
export type Follow = (tx: IntakeTx, applicationId: string) => Promise<void>

/** Starts reading pages, so many at a time. */
export async function startReading(house: Needs, concurrency: number, follow: Follow): Promise<void> {
  await startTurns(house)
  await house.jobs.work<PageJob>(readPage, concurrency, async (job) => {
    await giveNextTurn(house, readPage)
    await readOnePage(house, job, follow)
  })
  // Here comes a page whose reading has taken its worker down as often as it may.
  await house.jobs.work<PageJob>(pageDead, 1, async ({ pageId }) => {
    house.log.warn({ pageId }, 'a page is set aside after its reading ended abnormally too often')
    await setAside(house, pageId, 'scan.not_readable', follow)
  })
}

/** Reads a page that waits for it. @throws when its worker died, so that the job is tried again. */
export async function readOnePage(house: Needs, job: PageJob, follow: Follow): Promise<void> {
  const { pageId } = job
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
      if (reading.text_read_at === null) await house.jobs.plan(tx, turnDue, { queue: readText })
      await follow(tx, applicationId)
    })
  } catch (error) {
    const reason = await tryLater(house, readPage, job, error)
    if (reason) await setAside(house, pageId, reason, follow)
  }
}

async function setAside(house: Needs, pageId: string, reason: ReadingFailure, follow: Follow): Promise<void> {
  await house.db.transaction().execute(async (tx) => {
    const applicationId = await settlePage(tx, pageId, { state: 'set_aside', reason })
    if (applicationId !== undefined) await follow(tx, applicationId)
  })
}
