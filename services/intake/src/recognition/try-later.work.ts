import type { House } from '../house.ts'
import { ObjectOutOfReach } from '../local-file.ts'

/** `missed`: how often the store has by now not had the page's object as it was stored. */
export type PageJob = { readonly pageId: string; readonly missed?: number }

const outageSeconds = 10
const mostMissed = 6

/**
 * Plans a page's job anew when its object could not be fetched. A store that is away is not the page's fault and costs it no
 * try; one that lacks the object, or has other bytes in its place, may never have it.
 * @returns why, when that is given up. @throws what has another cause.
 */
export async function tryLater(
  { db, jobs, log }: Pick<House, 'db' | 'jobs' | 'log'>,
  queue: string,
  { pageId, missed = 0 }: PageJob,
  error: unknown,
): Promise<'scan.object_missing' | 'scan.object_changed' | undefined> {
  if (!(error instanceof ObjectOutOfReach)) throw error
  log.error({ error, pageId, queue, alarm: 'object_store' }, 'a page waits for the object store')
  const next: PageJob = error.code === 'service.unavailable' ? { pageId } : { pageId, missed: missed + 1 }
  if (error.code !== 'service.unavailable' && missed + 1 >= mostMissed) return error.code
  await db.transaction().execute((tx) => jobs.plan(tx, queue, next, { afterSeconds: outageSeconds }))
  return undefined
}
