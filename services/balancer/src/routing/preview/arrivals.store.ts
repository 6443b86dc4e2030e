import { addWorkingDays, type IsoDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { homeQueue, type MeanArrivals } from '../../load/arrivals.store.ts'
import { noQueue } from '../../receiving/queue-key.ts'
import type { BalancerRead } from '../../schema.ts'

const sampleDays = 20

/**
 * What came in on a mean working day going by the days on which work arrived, a loaded backlog's too: of the last 20 working
 * days. Less than the truth, since of a backlog only what was left is there, but the best guess before anything is counted.
 */
export async function guessArrivals(read: BalancerRead, today: IsoDate): Promise<MeanArrivals[]> {
  const { rows } = await sql<{ home_queue: number; tasks: number; minutes: number }>`
    select ${homeQueue} as home_queue, count(*)::int as tasks, sum(t.minutes)::int as minutes
    from task t join office o on o.id = t.home_office_id
    where t.arrived_on > ${addWorkingDays(today, -sampleDays)}::date and t.arrived_on <= ${today}::date
      and t.state <> 'withdrawn' and t.queue_key <> ${noQueue}
    group by home_queue order by home_queue`.execute(read)
  return rows.map(({ home_queue, tasks, minutes }) => ({
    queueKey: home_queue,
    tasksPerDay: tasks / sampleDays,
    minutesPerDay: minutes / sampleDays,
  }))
}
