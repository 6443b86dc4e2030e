import type { IsoDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import type { BalancerRead, BalancerTx } from '../schema.ts'
import { listOpenWork } from './load.store.ts'

const keptDays = 40

/** Open minutes of each office when the day began; empty when they were not counted that day. */
export async function listMidnight(read: BalancerRead, today: IsoDate): Promise<Map<string, number>> {
  const rows = await read
    .selectFrom('office_midnight')
    .select(['office_id', 'minutes'])
    .where('counted_on', '=', today)
    .execute()
  return new Map(rows.map(({ office_id, minutes }) => [office_id, minutes]))
}

/** Counts what lies open in each office, the first time it is asked on a day. What was counted long ago is forgotten. */
export async function noteMidnight(tx: BalancerTx, today: IsoDate): Promise<void> {
  if ((await listMidnight(tx, today)).size > 0) return
  const open = new Map(
    (await listOpenWork(tx, today, { restricted: true })).map(({ office, minutes }) => [office, minutes]),
  )
  const offices = await tx.selectFrom('office').select('id').execute()
  if (offices.length === 0) return
  await tx
    .insertInto('office_midnight')
    .values(offices.map(({ id }) => ({ office_id: id, counted_on: today, minutes: open.get(id) ?? 0 })))
    .onConflict((already) => already.doNothing())
    .execute()
  await sql`delete from office_midnight where counted_on < ${today}::date - ${keptDays}::int`.execute(tx)
}
