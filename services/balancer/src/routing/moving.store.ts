import type { PlanFlow } from '@tasain/contracts'
import { waitForLock } from '@tasain/kit'
import type { OpenTask } from '@tasain/levelling'
import { type Benefit, type IsoDate, newId, slackDays, startOfHelsinkiDay } from '@tasain/vocabulary'
import { sql } from 'kysely'
import type { Counted } from '../load/load.store.ts'
import type { BalancerRead, BalancerTx, TaskTable } from '../schema.ts'
import type { Sent } from './limits.ts'
import { listArrivalDays } from './set-aside/set-aside.ts'

export type MovableTask = OpenTask & Pick<TaskTable, 'version' | 'epoch' | 'benefit' | 'language'>

/** The tasks that may be sent from these queues. */
export async function listMovable(
  read: BalancerRead,
  queueKeys: readonly number[],
  today: IsoDate,
): Promise<MovableTask[]> {
  // What a plan sets aside is none of its work.
  const { first, last } = listArrivalDays(today)
  const { rows } = await sql<Omit<MovableTask, 'slackDays'>>`
    select t.id, t.office_id as office, t.benefit, t.language, t.restricted as protected, t.minutes, t.due_on as "dueOn",
      t.version, t.epoch
    from task t where t.queue_key = any(${queueKeys}::int[]) and t.state = 'open' and t.identified and t.movable
      and t.arrived_on between ${first}::date and ${last}::date`.execute(read)
  const slackOf = new Map<IsoDate, number>()
  return rows.map((task) => {
    const slack = slackOf.get(task.dueOn) ?? slackDays(today, task.dueOn)
    slackOf.set(task.dueOn, slack)
    return { ...task, slackDays: slack }
  })
}

export type WantedMove = {
  taskId: string
  version: number
  epoch: number
  benefit: Benefit
  minutes: number
  from: string
  to: string
  queueKey: number
  /** Index of its flow. */
  flow: number
}

/** `restricted`: how many of the tasks are. */
export type Gone = { from: string; to: string; tasks: number; restricted: number; minutes: number }

/**
 * Keeps every other plan from moving anything until the transaction ends. What the plan sent so far, and what others sent
 * before it was written, can then be counted on. @returns false when a newer plan has been written, which now has the word.
 */
export async function takeTurn(tx: BalancerTx, planId: string): Promise<boolean> {
  await waitForLock(tx, 'moving')
  const latest = tx.selectFrom('plan').select('id').orderBy('planned_at', 'desc').orderBy('id', 'desc').limit(1)
  return (await latest.executeTakeFirst())?.id === planId
}

/**
 * Sends tasks on, each with its move written beside it. A task that somebody has taken, changed or is just taking stays;
 * one under protection goes only where somebody is cleared, and one of own staff never to their colleagues.
 * @returns what was sent, by way.
 */
export async function applyMoves(
  tx: BalancerTx,
  planId: string,
  moves: readonly WantedMove[],
  flows: readonly PlanFlow[],
): Promise<Gone[]> {
  const wanted = moves.map((move) => ({ ...move, id: newId() }))
  // Named once more as an array, or the whole table is read to find a thousand tasks.
  const ids = moves.map(({ taskId }) => taskId)
  const used = [...new Set(moves.map(({ flow }) => flow))]
  const reasons = used.flatMap((index) => {
    const flow = flows[index]
    return flow ? [{ flow: index, rules: flow.reasons.rules, reasons: flow.reasons }] : []
  })
  // Whoever claims need not wait for these to reach the disk. A crash undoes the last of them whole, and the next plan asks
  // for them again; a claim that builds on one takes it to the disk along with itself.
  await sql`set local synchronous_commit = off`.execute(tx)
  const { rows } = await sql<Gone>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (id uuid, "taskId" uuid, version integer,
        epoch integer, "from" text, "to" text, "queueKey" integer, flow integer)
    ), cleared as materialized (
      select distinct office_id from handler where cleared
    ), locked as (
      select t.id as task_id, w.* from task t join wanted w on w."taskId" = t.id
      where t.id = any(${ids}::uuid[]) and t.movable and t.version = w.version and t.epoch = w.epoch and t.office_id = w."from"
        and (not t.restricted or w."to" in (select office_id from cleared))
        and not exists (select from own_staff s
          where s.applicant_index = t.applicant_index and s.ended_at is null and s.office_id = w."to")
      order by t.id for update of t skip locked
    ), sent as (
      update task t set office_id = locked."to", queue_key = locked."queueKey", sends = t.sends + 1
      from locked where t.id = locked.task_id
      returning t.id as task_id, t.restricted, t.benefit, t.language, t.minutes, locked.id, locked."from", locked."to", locked.flow
    ), reason as (
      select * from jsonb_to_recordset(${JSON.stringify(reasons)}::jsonb) as r (flow integer, rules text[], reasons jsonb)
    ), written as (
      insert into move (id, plan_id, task_id, from_office_id, to_office_id, benefit, language, minutes, rule_versions, reasons)
      select sent.id, ${planId}::uuid, sent.task_id, sent."from", sent."to", sent.benefit, sent.language, sent.minutes,
        reason.rules, reason.reasons
      from sent join reason on reason.flow = sent.flow
    )
    select "from", "to", count(*)::int as tasks, (count(*) filter (where restricted))::int as restricted,
      sum(minutes)::int as minutes from sent group by "from", "to"`.execute(tx)
  return rows
}

/** Minutes the planner sent between offices since midnight and since the first of the month; neither recalls nor moves by hand. */
export async function listSent(
  read: BalancerRead,
  today: IsoDate,
  { restricted }: Counted = { restricted: true },
): Promise<Sent[]> {
  const { rows } = await sql<Sent>`
    select from_office_id as "from", to_office_id as "to", sum(move.minutes)::int as month,
      coalesce(sum(move.minutes) filter (where moved_at >= ${startOfHelsinkiDay(today)}), 0)::int as today
    from move join task on task.id = move.task_id
    where (${restricted} or not task.restricted) and cause = 'plan' and moved_at >= ${startOfHelsinkiDay(`${today.slice(0, 8)}01`)}
    group by from_office_id, to_office_id`.execute(read)
  return rows
}
