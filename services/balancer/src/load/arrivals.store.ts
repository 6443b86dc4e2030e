import { addDays, type IsoDate, workingDaysBetween } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { officeStep } from '../receiving/queue-key.ts'
import type { BalancerRead, BalancerTx } from '../schema.ts'

/** Minutes of work that came in on a mean working day lately, by the queue of the home office. */
export type MeanArrivals = { queueKey: number; minutesPerDay: number }

const sampleDays = 28

// Work that was loaded is a backlog: it came in over nobody knows how long, and of its days only what is left is there.
const cameIn = sql`not exists (select from handover h where h.application_id = t.application_id and h.position is null)`

/**
 * As counted last: until the first tidying of a day that is the count of an earlier one, for a plan that knew nothing of
 * what comes in would send work that the next one would have kept.
 */
export async function listMeanArrivals(read: BalancerRead): Promise<MeanArrivals[]> {
  const rows = await read
    .selectFrom('arrival_sum')
    .innerJoin('arrival_count', 'arrival_count.counted_on', 'arrival_sum.counted_on')
    .select(['queue_key', 'minutes', 'working_days'])
    .where('arrival_count.counted_on', '=', (eb) =>
      eb.selectFrom('arrival_count').select(({ fn }) => fn.max('counted_on').as('latest')),
    )
    .execute()
  return rows.map(({ queue_key, minutes, working_days }) => ({
    queueKey: queue_key,
    minutesPerDay: minutes / working_days,
  }))
}

/**
 * Counts what came in over the four weeks before today, the first time it is asked on a day, and forgets what was counted
 * before. Of what came in on days off a working day has its part.
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
  if (workingDays > 0)
    await sql`
      insert into arrival_sum (counted_on, queue_key, minutes)
      select ${today}::date, o.number * ${officeStep}::int + t.queue_key % ${officeStep}::int as home_queue, sum(t.minutes)
      from task t join office o on o.id = t.home_office_id
      where t.arrived_on >= ${from}::date and t.arrived_on < ${today}::date and t.state <> 'withdrawn' and ${cameIn}
      group by home_queue`.execute(tx)
  await tx.deleteFrom('arrival_count').where('counted_on', '<', today).execute()
}

/**
 * The first day to count: four weeks ago, or in a younger system the day after its first, which may have been a part of one or
 * all that lay waiting for it. Null when nothing came in before today.
 */
async function findFirstDay(read: BalancerRead, today: IsoDate): Promise<IsoDate | null> {
  const start = addDays(today, -sampleDays)
  const { rows } = await sql<{ from: IsoDate | null }>`
    select case when exists (select from task t where t.arrived_on < ${start}::date and ${cameIn}) then ${start}::date
      else (select min(arrived_on) + 1 from task t
        where t.arrived_on >= ${start}::date and t.arrived_on < ${today}::date and ${cameIn}) end as from`.execute(read)
  return rows[0]?.from ?? null
}
