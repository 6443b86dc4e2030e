import { refuse } from '@tasain/kit'
import { type IsoDate, newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { appendEvents } from '../events/event.store.ts'
import type { BalancerTx, ReservationEnd, Schema, TaskTable } from '../schema.ts'
import { leaseMinutes } from './claim.store.ts'

export type Hold = { taskId: string; handlerId: string; epoch: number }
type Release = Partial<Pick<TaskTable, 'state' | 'pinned' | 'due_on' | 'reserved_for' | 'reserved_until_on'>>
export type ReleasedTask = Pick<TaskTable, 'id' | 'application_id' | 'office_id' | 'benefit' | 'arrived_on' | 'due_on'>

/**
 * Locks a held task for an act on it.
 * @throws task.not_held when the lease has run out or ended, or the epoch is an older one.
 */
export async function getHeld(tx: BalancerTx, { taskId, handlerId, epoch }: Hold): Promise<ReleasedTask> {
  const task = await tx
    .selectFrom('task')
    .select(['id', 'application_id', 'office_id', 'benefit', 'arrived_on', 'due_on'])
    .where('id', '=', taskId)
    .where('state', '=', 'claimed')
    .where('claimed_by', '=', handlerId)
    .where('epoch', '=', epoch)
    // The statement's clock and not the transaction's: a wait for the row counts against the lease.
    .where(sql<boolean>`lease_ends_at > clock_timestamp()`)
    .forUpdate()
    .executeTakeFirst()
  if (!task) throw refuse('task.not_held')
  return task
}

/** Ends the hold of a locked task, journals it and lets other services know. */
export async function release(
  tx: BalancerTx,
  hold: Hold,
  officeId: string,
  as: Exclude<ReservationEnd, 'lease_lost' | 'withdrawn'>,
  change: Release & { state: TaskTable['state'] },
  note: string | null,
  outcome?: Schema['decision']['outcome'],
): Promise<void> {
  await tx
    .updateTable('task')
    .set({ ...change, claimed_by: null, lease_ends_at: null })
    .where('id', '=', hold.taskId)
    .execute()
  await tx
    .updateTable('reservation')
    .set({ ended_at: sql<Date>`clock_timestamp()`, ended_as: as })
    .where('task_id', '=', hold.taskId)
    .where('epoch', '=', hold.epoch)
    .execute()
  await tx
    .insertInto('task_event')
    .values({ id: newId(), task_id: hold.taskId, kind: as, office_id: officeId, handler_id: hold.handlerId, note })
    .execute()
  await appendEvents(tx, [{ taskId: hold.taskId, kind: as, handlerId: hold.handlerId, ...(outcome && { outcome }) }])
}

export async function extendLease(tx: BalancerTx, hold: Hold): Promise<Date> {
  const until = sql<Date>`now() + ${sql.lit(`${leaseMinutes} minutes`)}::interval`
  const { lease_ends_at } = await tx
    .updateTable('task')
    .set({ lease_ends_at: until })
    .where('id', '=', hold.taskId)
    .returning('lease_ends_at')
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('reservation')
    .set({ lease_ends_at: until })
    .where('task_id', '=', hold.taskId)
    .where('epoch', '=', hold.epoch)
    .execute()
  if (!lease_ends_at) throw new Error('a held task has no lease')
  return lease_ends_at
}

export async function insertDecision(
  tx: BalancerTx,
  { taskId, handlerId, epoch }: Hold,
  { outcome, grounds }: Pick<Schema['decision'], 'outcome' | 'grounds'>,
): Promise<void> {
  await tx.insertInto('decision').values({ task_id: taskId, handler_id: handlerId, epoch, outcome, grounds }).execute()
}

/** Keeps a task from a handler: until the end of a day, or for ever. */
export async function exclude(
  tx: BalancerTx,
  taskId: string,
  handlerId: string,
  untilOn: IsoDate | null,
): Promise<void> {
  await tx
    .insertInto('exclusion')
    .values({ task_id: taskId, handler_id: handlerId, until_on: untilOn })
    .onConflict((conflict) =>
      // One who is excluded for ever stays so.
      conflict
        .columns(['task_id', 'handler_id'])
        .doUpdateSet({ until_on: untilOn })
        .where('exclusion.until_on', 'is not', null),
    )
    .execute()
}

export async function insertInformationRequest(
  tx: BalancerTx,
  request: Pick<Schema['information_request'], 'task_id' | 'handler_id' | 'requested_on' | 'deadline_on' | 'note'> & {
    missing: string[]
  },
): Promise<void> {
  await tx
    .insertInto('information_request')
    .values({ id: newId(), ...request, papers_on: null, closed_at: null })
    .execute()
}

/** The deadline of an information request has passed without papers: the work goes on. @returns how many tasks. */
export async function resumeOverdue(tx: BalancerTx, today: IsoDate, reservedUntilOn: IsoDate): Promise<number> {
  const { rows } = await sql<{ resumed: number }>`
    with overdue as (
      select t.id from information_request i join task t on t.id = i.task_id
      where i.closed_at is null and i.deadline_on < ${today}::date and t.state = 'awaiting_information'
      order by t.id limit 1000 for update of t skip locked
    ), resumed as (
      update task t set state = 'open', reserved_until_on = ${reservedUntilOn}::date
      from overdue where t.id = overdue.id returning t.application_id, t.epoch, t.restricted
    ), written as (
      insert into outgoing_event (kind, application_id, epoch, restricted)
      select 'resumed', application_id, epoch, restricted from resumed
    )
    select count(*)::int as resumed from resumed`.execute(tx)
  await sql`
    update information_request i set closed_at = clock_timestamp()
    from task t where t.id = i.task_id and i.closed_at is null and i.deadline_on < ${today}::date
      and t.state <> 'awaiting_information'`.execute(tx)
  return rows[0]?.resumed ?? 0
}
