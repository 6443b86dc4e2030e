import { sql } from 'kysely'
import { queueKeyRange } from '../receiving/queue-key.ts'
import type { BalancerRead } from '../schema.ts'

/** Tasks waiting by queue key. */
type Counts = ReadonlyMap<number, number>

export type QueueCounts = {
  /** The queues of an office, at most a few seconds old. */
  read: (officeNumber: number) => Promise<Counts>
}

const freshMs = 5_000

/** Counts what waits in each queue of an office, for the figure beside "next". */
export function createQueueCounts(read: BalancerRead): QueueCounts {
  const kept = new Map<number, { at: number; counts: Promise<Counts> }>()
  return {
    async read(officeNumber) {
      const known = kept.get(officeNumber)
      if (known && performance.now() - known.at < freshMs) return await known.counts
      const counts = countWaiting(read, officeNumber)
      kept.set(officeNumber, { at: performance.now(), counts })
      counts.catch(() => kept.delete(officeNumber))
      return await counts
    },
  }
}

export function sumQueues(counts: Counts, keys: readonly number[]): number {
  return keys.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0)
}

async function countWaiting(read: BalancerRead, officeNumber: number): Promise<Counts> {
  const { first, last } = queueKeyRange(officeNumber)
  const { rows } = await sql<{ key: number; tasks: number }>`
    select queue_key as key, sum(waiting)::int as tasks from open_work_now
    where queue_key between ${first} and ${last} group by queue_key`.execute(read)
  return new Map(rows.map(({ key, tasks }) => [key, tasks]))
}
