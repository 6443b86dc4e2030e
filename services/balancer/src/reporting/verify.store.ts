import { sql } from 'kysely'
import { listMiscounts } from '../load/open-work.store.ts'
import type { BalancerRead } from '../schema.ts'
import { countConservation } from './story.store.ts'

export type Check = { name: string; counted: number; faults: string[] }

/** How many faults of a kind are named one by one. */
const namedFaults = 20

/** I15: every application accepted is in exactly one state. */
export async function checkConservation(read: BalancerRead): Promise<Check> {
  const { accepted, ...states } = await countConservation(read)
  const sum = Object.values(states).reduce((total, count) => total + count, 0)
  const faults =
    sum === accepted ? [] : [`${accepted} applications were accepted, but the states of tasks add up to ${sum}.`]
  return { name: 'conservation', counted: accepted, faults }
}

/** I2: one task for each application received, and none without. */
export async function checkOneTask(read: BalancerRead): Promise<Check> {
  const { rows } = await sql<{ application: string; tasks: number }>`
    select coalesce(h.application_id, t.application_id) as application, count(t.id)::int as tasks
    from (select distinct application_id from handover) h full join task t using (application_id)
    group by 1, h.application_id having count(t.id) <> 1 or h.application_id is null
    limit ${namedFaults}`.execute(read)
  const { counted } = await read
    .selectFrom('task')
    .select(({ fn }) => fn.countAll<number>().as('counted'))
    .executeTakeFirstOrThrow()
  return {
    name: 'one task per application',
    counted,
    faults: rows.map(({ application, tasks }) => `Application ${application} has ${tasks} tasks.`),
  }
}

/** I9: the planner has sent no task on twice nor called it back twice, and each task says how often it was. */
export async function checkMoves(read: BalancerRead): Promise<Check> {
  const { rows } = await sql<{ task: string; sends: number; recalls: number; moves: number; returns: number }>`
    select * from (
      select t.id as task, t.sends, t.recalls, (count(m.id) filter (where m.cause = 'plan'))::int as moves,
        (count(m.id) filter (where m.cause = 'recall'))::int as returns
      from task t left join move m on m.task_id = t.id
      where t.sends > 0 or t.recalls > 0 or m.id is not null group by t.id
    ) moved where moves > 1 or moves <> sends or returns > moves or returns <> recalls limit ${namedFaults}`.execute(
    read,
  )
  const { counted } = await read
    .selectFrom('move')
    .select(({ fn }) => fn.countAll<number>().as('counted'))
    .executeTakeFirstOrThrow()
  return {
    name: 'at most one automatic move',
    counted,
    faults: rows.map(
      ({ task, sends, moves, recalls, returns }) =>
        `Task ${task} was sent ${moves} times and says ${sends}; it was recalled ${returns} times and says ${recalls}.`,
    ),
  }
}

/** I3: of the reservations of a task each ends before the next begins, and none outlives the task's own state. */
export async function checkReservations(read: BalancerRead): Promise<Check> {
  const { rows } = await sql<{ task: string; epoch: number }>`
    select task_id as task, epoch from (
      select task_id, epoch, ended_at, lead(claimed_at) over (partition by task_id order by epoch) as next_at from reservation
    ) r where next_at is not null and (ended_at is null or ended_at > next_at)
    limit ${namedFaults}`.execute(read)
  const { rows: dangling } = await sql<{ task: string; epoch: number }>`
    select t.id as task, t.epoch from task t
    full join (select task_id, epoch from reservation where ended_at is null) r on r.task_id = t.id and r.epoch = t.epoch
    where (t.state = 'claimed') is distinct from (r.task_id is not null)
    limit ${namedFaults}`.execute(read)
  const { counted } = await read
    .selectFrom('reservation')
    .select(({ fn }) => fn.countAll<number>().as('counted'))
    .executeTakeFirstOrThrow()
  return {
    name: 'one handler at a time',
    counted,
    faults: [
      ...rows.map(({ task, epoch }) => `Task ${task} was taken again before its hold ${epoch} had ended.`),
      ...dangling.map(({ task, epoch }) => `Task ${task} and its hold ${epoch} do not agree on whether it is taken.`),
    ],
  }
}

/** The sums of open work that plans are made from are what a full count finds. */
export async function checkOpenWork(read: BalancerRead): Promise<Check> {
  const wrong = await listMiscounts(read)
  const { counted } = await read
    .selectFrom('open_work_now')
    .select(({ fn }) => fn.sum<number>('tasks').as('counted'))
    .executeTakeFirstOrThrow()
  return {
    name: 'sums of open work',
    counted: Number(counted ?? 0),
    faults: wrong
      .slice(0, namedFaults)
      .map((sum) => `Queue ${sum.queueKey} due ${sum.dueOn} counts ${sum.counted} tasks, and ${sum.there} are there.`),
  }
}
