import { addDays, helsinkiDate, type IsoDate, startOfHelsinkiDay, workingDaysBetween } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { noQueue, officeStep } from '../receiving/queue-key.ts'
import type { BalancerRead, BalancerTx } from '../schema.ts'

/** Work that came in on a mean working day lately, by the queue of the home office. */
export type MeanArrivals = { queueKey: number; tasksPerDay: number; minutesPerDay: number }

const sampleDays = 28

// Work that was loaded is a backlog: it came in over nobody knows how long, and of its days only what is left is there.
const cameIn = sql`not exists (select from handover h where h.application_id = t.application_id and h.position is null)`

/** The key of a task's (`t`) queue were it at its home office (`o`). */
export const homeQueue = sql`o.number * ${officeStep}::int + t.queue_key % ${officeStep}::int`

/**
 * As counted last: until the first tidying of a day that is the count of an earlier one, for a plan that knew nothing of
 * what comes in would send work that the next one would have kept.
 */
export async function listMeanArrivals(read: BalancerRead): Promise<MeanArrivals[]> {
  const rows = await read
    .selectFrom('arrival_sum')
    .innerJoin('arrival_count', 'arrival_count.counted_on', 'arrival_sum.counted_on')
    .select(['queue_key', 'tasks', 'minutes', 'working_days'])
    .where('arrival_count.counted_on', '=', (eb) =>
      eb.selectFrom('arrival_count').select(({ fn }) => fn.max('counted_on').as('latest')),
    )
    .execute()
  return rows.map(({ queue_key, tasks, minutes, working_days }) => ({
    queueKey: queue_key,
    tasksPerDay: tasks / working_days,
    minutesPerDay: minutes / working_days,
  }))
}

/**
 * Counts what came in over the four weeks before today, the first time it is asked on a day, and forgets what was counted
 * before. Of what came in on days off a working day has its part. Work comes in when it is received, for then it can be
 * planned: the day on which it arrived is written by people, and may be long past.
 */
export async function noteArrivals(tx: BalancerTx, today: IsoDate): Promise<void> {
  const known = await tx.selectFrom('arrival_count').where('counted_on', '=', today).select('counted_on').execute()
  if (known.length > 0) return
  const from = await findFirstDay(tx, today)
  const workingDays = from === null ? 0 : workingDaysBetween(addDays(from, -1), addDays(today, -1))
  const noted = await tx
    .insertInto('arrival_count')
    .values({ counted_on: today, working_days: workingDays })
    .onConflict((already) => already.doNothing())
    .executeTakeFirst()
  if (noted.numInsertedOrUpdatedRows === 0n) return
  if (from !== null && workingDays > 0)
    await sql`
      insert into arrival_sum (counted_on, queue_key, tasks, minutes)
      select ${today}::date, ${homeQueue} as home_queue, count(*), sum(t.minutes)
      from task t join office o on o.id = t.home_office_id
      where t.received_at >= ${startOfHelsinkiDay(from)} and t.received_at < ${startOfHelsinkiDay(today)}
        and t.state <> 'withdrawn' and t.queue_key <> ${noQueue} and ${cameIn}
      group by home_queue`.execute(tx)
  await tx.deleteFrom('arrival_count').where('counted_on', '<', today).execute()
}

/**
 * The first day to count: four weeks ago, or in a younger system the day after its first, which may have been a part of one or
 * all that lay waiting for it. Null when nothing came in before today.
 */
async function findFirstDay(read: BalancerRead, today: IsoDate): Promise<IsoDate | null> {
  const eve = addDays(today, -sampleDays - 1)
  const start = startOfHelsinkiDay(addDays(eve, 1))
  const { rows } = await sql<{ first: Date | null }>`
    select case when exists (select from task t where t.received_at < ${start} and ${cameIn})
      then ${startOfHelsinkiDay(eve)}::timestamptz
      else (select min(t.received_at) from task t
        where t.received_at >= ${start} and t.received_at < ${startOfHelsinkiDay(today)} and ${cameIn})
      end as first`.execute(read)
  const first = rows[0]?.first
  return first ? addDays(helsinkiDate(first), 1) : null
}
