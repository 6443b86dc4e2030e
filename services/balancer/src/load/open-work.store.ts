import { tryLock } from '@tasain/kit'
import type { IsoDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import type { BalancerRead, BalancerTx } from '../schema.ts'

/** Work waiting or in hands in one queue with one due date; what awaits papers is not counted. Minutes are effort minutes. */
export type OpenCount = {
  queueKey: number
  dueOn: IsoDate
  tasks: number
  minutes: number
  /** Of these, what the planner may send on. */
  movableTasks: number
  movableMinutes: number
}

/** Every queue and due date with open work, several rows for one where sums are still to be brought up to date. */
export async function listOpenCounts(read: BalancerRead): Promise<OpenCount[]> {
  const { rows } = await sql<OpenCount>`
    select queue_key as "queueKey", due_on as "dueOn", tasks, minutes, movable_tasks as "movableTasks",
      movable_minutes as "movableMinutes"
    from open_work_now`.execute(read)
  return rows
}

const columns = ['tasks', 'minutes', 'waiting', 'movable_tasks', 'movable_minutes']
const isAny = sql.raw(columns.map((name) => `${name} <> 0`).join(' or '))
const isAnySum = sql.raw(columns.map((name) => `sum(${name}) <> 0`).join(' or '))

/** So few at a time that those who claim meanwhile do not notice. */
const foldedAtOnce = 2_000

/**
 * Adds the oldest changes to the sums and forgets them. Nobody waits for it: while another does it, this does nothing.
 * @returns whether there may be more.
 */
export async function foldOpenWork(tx: BalancerTx): Promise<boolean> {
  if (!(await tryLock(tx, 'open_work'))) return false
  const { rows: oldest } = await sql<{ last: string | null; changes: number }>`
    select max(id) as last, count(*)::int as changes
    from (select id from open_work_change order by id limit ${foldedAtOnce}) oldest`.execute(tx)
  const { last, changes } = oldest[0] ?? { last: null, changes: 0 }
  if (last === null) return false
  await sql`
    with taken as (delete from open_work_change where id <= ${last}::bigint returning *), change as (
      select queue_key, due_on, sum(tasks) as tasks, sum(minutes) as minutes, sum(waiting) as waiting,
        sum(movable_tasks) as movable_tasks, sum(movable_minutes) as movable_minutes
      from taken group by queue_key, due_on having ${isAnySum}
    )
    merge into open_work w using change c on w.queue_key = c.queue_key and w.due_on = c.due_on
    when matched and w.tasks + c.tasks = 0 and w.minutes + c.minutes = 0 and w.waiting + c.waiting = 0
      and w.movable_tasks + c.movable_tasks = 0 and w.movable_minutes + c.movable_minutes = 0 then delete
    when matched then update set tasks = w.tasks + c.tasks, minutes = w.minutes + c.minutes, waiting = w.waiting + c.waiting,
      movable_tasks = w.movable_tasks + c.movable_tasks, movable_minutes = w.movable_minutes + c.movable_minutes
    when not matched then insert values (c.queue_key, c.due_on, c.tasks, c.minutes, c.waiting, c.movable_tasks, c.movable_minutes)
  `.execute(tx)
  return changes === foldedAtOnce
}

export type Miscount = { queueKey: number; dueOn: IsoDate; counted: number; there: number }

const differences = sql.raw(
  columns.map((name) => `coalesce(t.${name}, 0) - coalesce(c.${name}, 0) as ${name}`).join(', '),
)

/** Counts the whole nation anew, beside the sums, as of one moment. */
const recount = sql`
  there as (
    select queue_key, due_on, count(*)::int as tasks, sum(minutes)::int as minutes,
      (count(*) filter (where state = 'open' and identified))::int as waiting, (count(*) filter (where movable))::int as movable_tasks,
      coalesce(sum(minutes) filter (where movable), 0)::int as movable_minutes
    from task where state in ('open', 'claimed') group by queue_key, due_on
  ), counted as (
    select queue_key, due_on, sum(tasks)::int as tasks, sum(minutes)::int as minutes, sum(waiting)::int as waiting,
      sum(movable_tasks)::int as movable_tasks, sum(movable_minutes)::int as movable_minutes
    from open_work_now group by queue_key, due_on
  ), compared as (
    select queue_key, due_on, coalesce(c.tasks, 0) as counted_tasks, coalesce(t.tasks, 0) as there_tasks, ${differences}
    from there t full join counted c using (queue_key, due_on)
  ), different as (select * from compared where ${isAny})`

/** Where the sums are not what a full count finds. */
export async function listMiscounts(read: BalancerRead): Promise<Miscount[]> {
  const { rows } = await sql<Miscount>`
    with ${recount}
    select queue_key as "queueKey", due_on as "dueOn", counted_tasks as counted, there_tasks as there
    from different order by queue_key, due_on`.execute(read)
  return rows
}

/** Sets the sums right by what a full count finds, and forgets those of nothing. @returns how many of them were wrong. */
export async function correctOpenWork(tx: BalancerTx): Promise<number> {
  const { numAffectedRows } = await sql`
    with ${recount}
    insert into open_work_change (queue_key, due_on, tasks, minutes, waiting, movable_tasks, movable_minutes)
    select queue_key, due_on, tasks, minutes, waiting, movable_tasks, movable_minutes from different`.execute(tx)
  await sql`delete from open_work where not (${isAny})`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
