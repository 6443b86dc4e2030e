import { stateAfter, type TaskEvent, type TaskEventPage } from '@tasain/contracts'
import type { Read } from '@tasain/kit'
import { type RawBuilder, sql } from 'kysely'
import type { IntakeTx, Schema } from '../schema.ts'
import type { Standing } from './standing.ts'

/** A row of `application` whose case has been decided. */
export const isDecided: RawBuilder<boolean> = sql`exists (
  select from task_standing where task_standing.application_id = application.id and task_standing.state = 'decided')`

/** How the task of a row of `application` stands, as the API shows it; null while the balancer has said nothing of one. */
export const shownTask = sql<{ state: Standing['state']; decidedAt: string | null } | null>`(
  select json_build_object('state', shown.state,
    'decidedAt', to_char(shown.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from task_standing shown where shown.application_id = application.id)`

export async function getCursor(db: Read<Schema>): Promise<number> {
  return (await db.selectFrom('task_event_cursor').select('position').executeTakeFirstOrThrow()).position
}

export async function findStanding(db: Read<Schema>, applicationId: string): Promise<Standing | undefined> {
  return await db
    .selectFrom('task_standing')
    .select(['state', 'epoch', 'holder', 'decided_at as decidedAt'])
    .where('application_id', '=', applicationId)
    .executeTakeFirst()
}

/** Of these applications those that the balancer may have a task of. */
export async function listHandedOverOf(db: Read<Schema>, applicationIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('handover')
    .select('application_id')
    .distinct()
    .where(sql<boolean>`application_id = any(${applicationIds}::uuid[])`)
    .execute()
  return rows.map(({ application_id }) => application_id)
}

/**
 * Applies the events that came after a position and moves the cursor. Several intakes may do so at once: what another has
 * applied is left alone, and a page that begins behind a gap is not applied at all.
 */
export async function applyEvents(tx: IntakeTx, after: number, page: TaskEventPage): Promise<void> {
  const { position } = await tx.selectFrom('task_event_cursor').select('position').forUpdate().executeTakeFirstOrThrow()
  if (position < after || page.cursor <= position) return
  const latest = new Map(page.events.map((event) => [event.applicationId, event]))
  await upsertStandings(tx, [...latest.values()])
  await tx.updateTable('task_event_cursor').set({ position: page.cursor, moved_at: sql<Date>`now()` }).execute()
}

/** Tasks of work that was loaded at the balancer have no application here, and are passed over. */
async function upsertStandings(tx: IntakeTx, events: readonly TaskEvent[]): Promise<void> {
  const rows = events.map(({ kind, ...event }) => {
    const state = stateAfter[kind]
    return {
      application_id: event.applicationId,
      state,
      epoch: event.epoch,
      holder: state === 'claimed' ? event.holder : null,
      outcome: event.outcome,
      decided_at: state === 'decided' ? event.happenedAt : null,
      position: event.position,
    }
  })
  await sql`
    insert into task_standing (application_id, state, epoch, holder, outcome, decided_at, position)
    select e.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as e (
      application_id uuid, state text, epoch integer, holder text, outcome text, decided_at timestamptz, position bigint)
    join application a on a.id = e.application_id
    order by e.application_id
    on conflict (application_id) do update set state = excluded.state, epoch = excluded.epoch, holder = excluded.holder,
      outcome = excluded.outcome, decided_at = excluded.decided_at, position = excluded.position
    where task_standing.position < excluded.position`.execute(tx)
}
