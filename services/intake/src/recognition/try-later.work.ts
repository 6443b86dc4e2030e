import type { House } from '../house.ts'
import { ObjectOutOfReach } from '../local-file.ts'

/** `missed`: how often the store has said by now that the page's object is not there. */
export type PageJob = { readonly pageId: string; readonly missed?: number }

const outageSeconds = 10
const mostMissed = 6

/**
 * Plans a page's job anew when its object could not be fetched. A store that is away is not the page's fault and costs it no
 * try; one that lacks the object may never have it. @returns false when that is given up. @throws what has another cause.
 */
export async function tryLater(
  { db, jobs, log }: Pick<House, 'db' | 'jobs' | 'log'>,
  queue: string,
  { pageId, missed = 0 }: PageJob,
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof ObjectOutOfReach)) throw error
  log.error({ error, pageId, queue, alarm: 'object_store' }, 'a page waits for the object store')
  const next: PageJob = error.isMissing ? { pageId, missed: missed + 1 } : { pageId }
  if ((next.missed ?? 0) >= mostMissed) return false
  await db.transaction().execute((tx) => jobs.plan(tx, queue, next, { afterSeconds: outageSeconds }))
  return true
}
