import type { HandoverPage, Snapshot } from '@tasain/contracts'
import { waitForLock } from '@tasain/kit'
import { type Kysely, sql } from 'kysely'
import type { IntakeTx, Schema } from '../schema.ts'

/** Writes a snapshot into the log; its place in the order is given after the transaction has ended. */
export async function insertHandover(tx: IntakeTx, snapshot: Snapshot): Promise<void> {
  await tx
    .insertInto('handover')
    .values({
      application_id: snapshot.applicationId,
      version: snapshot.version,
      snapshot: JSON.stringify(snapshot),
      position: null,
    })
    .execute()
}

/**
 * Gives a position to every snapshot whose transaction has ended. One at a time does so, and positions are never given to
 * what is still open: whoever has read up to a position has missed nothing below it.
 */
export async function placeHandovers(db: Kysely<Schema>): Promise<void> {
  const waiting = await db.selectFrom('handover').select('written').where('position', 'is', null).limit(1).execute()
  if (waiting.length === 0) return
  await db.transaction().execute(async (tx) => {
    // A statement of its own: the next one must see what the one before us in this lock has committed.
    await waitForLock(tx, 'handover_positions')
    await sql`
      update handover set position = placed.position
      from (
        select written,
          (select coalesce(max(position), 0) from handover) + row_number() over (order by written) as position
        from handover where position is null
      ) as placed
      where handover.written = placed.written and handover.position is null`.execute(tx)
  })
}

/** Snapshots after a position, in order, with the cursor to ask with next. */
export async function listHandovers(db: Kysely<Schema>, after: number, limit: number): Promise<HandoverPage> {
  const rows = await db
    .selectFrom('handover')
    .select(['position', 'snapshot'])
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute()
  const handovers = rows.flatMap(({ position, snapshot }) => (position === null ? [] : [{ position, snapshot }]))
  return { cursor: handovers.at(-1)?.position ?? after, handovers }
}

/** The newest version of each application handed over, in the order of their ids. */
export async function listHandedOver(
  db: Kysely<Schema>,
  after: string | undefined,
  limit: number,
): Promise<{ applicationId: string; version: number }[]> {
  return await db
    .selectFrom('handover')
    .select(['application_id as applicationId', (eb) => eb.fn.max('version').as('version')])
    .$if(after !== undefined, (query) => query.where('application_id', '>', after ?? ''))
    .groupBy('application_id')
    .orderBy('application_id')
    .limit(limit)
    .execute()
}
