import { type Kysely, sql } from 'kysely'
import { readPage, type readText } from '../queues.ts'
import { type IntakeTx, jobSchema, type Schema } from '../schema.ts'

export type TurnQueue = typeof readPage | typeof readText

/**
 * Gives its turn to the page that is next: of the office served longest ago, of its person served longest ago, the oldest.
 * One after another until the transaction ends, so that no two give the same turn. @returns the page, if one waits.
 */
export async function giveTurn(tx: IntakeTx, queue: TurnQueue): Promise<string | undefined> {
  await sql`lock table reading_turn in exclusive mode`.execute(tx)
  if (await isTurnOpen(tx, queue)) return undefined
  const next = await selectWaiting(tx, queue)
    .leftJoin('reading_turn as turn', (join) =>
      join
        .onRef('turn.office', '=', 'scan.office')
        .onRef('turn.subject', '=', 'scan.stored_by')
        .on('turn.queue', '=', queue),
    )
    .leftJoin(
      (eb) =>
        eb
          .selectFrom('reading_turn')
          .select(['office', eb.fn.max('given_at').as('given_at')])
          .where('queue', '=', queue)
          .groupBy('office')
          .as('of_office'),
      (join) => join.onRef('of_office.office', '=', 'scan.office'),
    )
    .select(['page.id', 'scan.office', 'scan.stored_by as subject'])
    .orderBy('of_office.given_at', (by) => by.asc().nullsFirst())
    .orderBy('turn.given_at', (by) => by.asc().nullsFirst())
    .orderBy('scan.stored_at')
    .orderBy('page.number')
    .limit(1)
    .executeTakeFirst()
  if (!next) return undefined
  await recordTurn(tx, queue, next)
  return next.id
}

function selectWaiting(db: Pick<Kysely<Schema>, 'selectFrom'>, queue: TurnQueue) {
  const waiting = db.selectFrom('page').innerJoin('scan', 'scan.id', 'page.scan_id').where('page.turn_at', 'is', null)
  if (queue === readPage) return waiting.where('page.state', '=', 'stored')
  return waiting
    .where('page.state', '=', 'read')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('reading')
          .select('reading.id')
          .whereRef('reading.page_id', '=', 'page.id')
          .where('reading.latest', '=', true)
          .where('reading.text_read_at', 'is', null),
      ),
    )
}

/** Whether a page has been given its turn that no worker has taken yet. */
async function isTurnOpen(tx: IntakeTx, queue: TurnQueue): Promise<boolean> {
  const { rows } = await sql`
    select from ${sql.table(`${jobSchema}.job`)} as job
    where job.name = ${queue} and job.state < 'active' and job.start_after <= clock_timestamp() limit 1`.execute(tx)
  return rows.length > 0
}

async function recordTurn(
  tx: IntakeTx,
  queue: TurnQueue,
  { id, office, subject }: { id: string; office: string; subject: string },
): Promise<void> {
  const now = sql<Date>`clock_timestamp()`
  await tx.updateTable('page').set({ turn_at: now }).where('id', '=', id).execute()
  await tx
    .insertInto('reading_turn')
    .values({ queue, office, subject, given_at: now })
    .onConflict((conflict) => conflict.columns(['queue', 'office', 'subject']).doUpdateSet({ given_at: now }))
    .execute()
}
