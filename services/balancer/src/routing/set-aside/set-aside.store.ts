import type { IsoDate } from '@tasain/vocabulary'
import { type RawBuilder, sql } from 'kysely'
import type { OpenCount } from '../../load/open-work.store.ts'
import type { OfficePlace } from '../../offices/offices.store.ts'
import { noQueue } from '../../receiving/queue-key.ts'
import type { BalancerRead } from '../../schema.ts'
import { listArrivalDays, listLostKeys, type SetAside } from './set-aside.ts'

/** Open work in nobody's queue, in one of no known office or kind, or with a date of arrival that cannot be; by id. */
export async function listSetAside(
  read: BalancerRead,
  open: readonly OpenCount[],
  places: readonly OfficePlace[],
  today: IsoDate,
): Promise<SetAside[]> {
  const lost = listLostKeys(open, new Set(places.map(({ number }) => number)))
  const { first, last } = listArrivalDays(today)
  const { rows } = await sql<SetAside>`
    select t.id, t.office_id as office, t.home_office_id as "homeOffice", t.benefit, t.language, t.restricted,
      t.arrived_on::text as "arrivedOn", t.due_on::text as "dueOn", t.minutes, t.movable, t.queue_key as "queueKey"
    from task t
    where t.id in (
      ${which(sql`queue_key = ${sql.lit(noQueue)}`)}
      union ${which(sql`arrived_on < ${first}::date`)}
      union ${which(sql`arrived_on > ${last}::date`)}
      ${lost.length === 0 ? sql`` : sql`union ${which(sql`queue_key = any(${lost}::int[])`)}`})
    order by t.id`.execute(read)
  return rows
}

/** Each on its own, or the database reads all open work for what an index would find. */
function which(condition: RawBuilder<unknown>) {
  return sql`select id from task where state in ('open', 'claimed') and ${condition}`
}
