import type { OutgoingKind, outcomes, TaskEventPage } from '@tasain/contracts'
import { waitForLock } from '@tasain/kit'
import { type Kysely, sql } from 'kysely'
import type { BalancerTx, Schema } from '../schema.ts'

/** As many get their position in one transaction. */
const placedAtOnce = 10_000

export type Happened = {
  taskId: string
  kind: OutgoingKind
  /** Who did it. */
  handlerId?: string
  outcome?: (typeof outcomes)[number]
}

/** Writes what became of tasks into the log, by the rows of the tasks as they are now; in the transaction of the act itself. */
export async function appendEvents(tx: BalancerTx, happened: readonly Happened[]): Promise<void> {
  if (happened.length === 0) return
  await sql`
    insert into outgoing_event (kind, application_id, epoch, holder, outcome, restricted)
    select e.kind, t.application_id, t.epoch, h.subject, e.outcome, t.restricted
    from unnest(
      ${happened.map(({ taskId }) => taskId)}::uuid[], ${happened.map(({ kind }) => kind)}::text[],
      ${happened.map(({ handlerId }) => handlerId ?? null)}::uuid[],
      ${happened.map(({ outcome }) => outcome ?? null)}::text[]
    ) with ordinality as e (task_id, kind, handler_id, outcome, place)
    join task t on t.id = e.task_id
    left join handler h on h.id = e.handler_id
    order by e.place`.execute(tx)
}

/**
 * Gives a position to events whose transaction has ended. One at a time does so, and positions are never given to what is
 * still open: whoever has read up to a position has missed nothing below it. Events of one task keep their order, since each
 * act holds the task's row until it ends.
 */
export async function placeEvents(db: Kysely<Schema>): Promise<void> {
  const waiting = await db
    .selectFrom('outgoing_event')
    .select('written')
    .where('position', 'is', null)
    .limit(1)
    .execute()
  if (waiting.length === 0) return
  await db.transaction().execute(async (tx) => {
    // A statement of its own: the next one must see what the one before us in this lock has committed.
    await waitForLock(tx, 'event_positions')
    await sql`
      update outgoing_event set position = placed.position
      from (
        select written,
          (select coalesce(max(position), 0) from outgoing_event where position is not null)
            + row_number() over (order by written) as position
        from outgoing_event where position is null order by written limit ${placedAtOnce}
      ) as placed
      where outgoing_event.written = placed.written and outgoing_event.position is null`.execute(tx)
  })
}

/** Events after a position, in order, with the cursor to ask with next. */
export async function listEvents(db: Kysely<Schema>, after: number, limit: number): Promise<TaskEventPage> {
  const rows = await db
    .selectFrom('outgoing_event')
    .selectAll()
    .where('position', 'is not', null)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute()
  const events = rows.map(({ position, kind, application_id, epoch, holder, outcome, restricted, happened_at }) => ({
    position: position ?? after,
    kind,
    applicationId: application_id,
    epoch,
    holder,
    outcome,
    restricted,
    happenedAt: happened_at.toISOString(),
  }))
  return { cursor: events.at(-1)?.position ?? after, events }
}
