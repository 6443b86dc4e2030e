import type { ReadingFailure } from '@tasain/contracts'
import type { House } from '../house.ts'
import { ObjectOutOfReach } from '../local-file.ts'
import { ChildStalled } from './child.work.ts'

/**
 * `missed`: how often the store has by now not had the page's object as it was stored. `stalled`: how often the machine had
 * no time for it.
 */
export type PageJob = { readonly pageId: string; readonly missed?: number; readonly stalled?: number }

const outageSeconds = 10
const mostMissed = 6
/** The wait doubles up to an hour: a page that no machine has time for within a day hangs by itself. */
const busySeconds = { first: 15, longest: 3_600 }
const mostStalled = 30

/**
 * Plans a page's job anew when its object could not be fetched or the machine had no time to read it. A store that is away and
 * a busy machine are not the page's fault and cost it no try; a store that lacks the object, or has other bytes in its place,
 * may never have it.
 * @returns why it is given up, or undefined when it was planned. @throws what has another cause.
 */
export async function tryLater(
  { db, jobs, log }: Pick<House, 'db' | 'jobs' | 'log'>,
  queue: string,
  { pageId, missed = 0, stalled = 0 }: PageJob,
  error: unknown,
): Promise<ReadingFailure | undefined> {
  const plan = async (next: PageJob, afterSeconds: number) =>
    await db.transaction().execute((tx) => jobs.plan(tx, queue, next, { afterSeconds }))
  if (error instanceof ChildStalled) {
    log.warn({ error, pageId, queue, stalled }, 'the machine had no time for a page')
    if (stalled + 1 >= mostStalled) return 'scan.not_readable'
    await plan(
      { pageId, missed, stalled: stalled + 1 },
      Math.min(busySeconds.longest, busySeconds.first * 2 ** stalled),
    )
    return undefined
  }
  if (!(error instanceof ObjectOutOfReach)) throw error
  log.error({ error, pageId, queue, alarm: 'object_store' }, 'a page waits for the object store')
  const { code } = error
  if (code !== 'service.unavailable' && missed + 1 >= mostMissed) return code
  await plan({ pageId, missed: code === 'service.unavailable' ? 0 : missed + 1, stalled }, outageSeconds)
  return undefined
}
