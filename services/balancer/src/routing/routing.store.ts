import { gzipSync } from 'node:zlib'
import type { Plan, PlanBasis, PlanFlow, PlanSnapshot } from '@tasain/contracts'
import type { OpenTask } from '@tasain/levelling'
import { type Benefit, type IsoDate, newId, slackDays } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { horizonOf } from '../load/capacity.ts'
import { listHands } from '../load/load.store.ts'
import { listOpenCounts } from '../load/open-work.store.ts'
import { listPlaces } from '../offices/offices.store.ts'
import { listInForce } from '../rules/rules.store.ts'
import type { BalancerRead, BalancerTx, TaskTable } from '../schema.ts'
import { listWork, type PlanInput, plannedDays } from './snapshot.ts'

/** Everything a plan is made from, as of one moment when `read` is a transaction that sees one. */
export async function readPlanInput(read: BalancerRead, today: IsoDate): Promise<PlanInput> {
  const places = await listPlaces(read)
  const hands = await listHands(read, today, horizonOf(today, plannedDays))
  const rules = await listInForce(read, today)
  const work = listWork(await listOpenCounts(read), places)
  return { today, places, hands, work, rules }
}

export type MovableTask = OpenTask & Pick<TaskTable, 'version' | 'epoch' | 'benefit' | 'language'>

/** The tasks that may be sent from these queues. */
export async function listMovable(
  read: BalancerRead,
  queueKeys: readonly number[],
  today: IsoDate,
): Promise<MovableTask[]> {
  const { rows } = await sql<Omit<MovableTask, 'slackDays'>>`
    select t.id, t.office_id as office, t.benefit, t.language, t.restricted as protected, t.minutes, t.due_on as "dueOn",
      t.version, t.epoch
    from task t where t.queue_key = any(${queueKeys}::int[]) and t.state = 'open' and t.identified and t.movable`.execute(
    read,
  )
  const slackOf = new Map<IsoDate, number>()
  return rows.map((task) => {
    const slack = slackOf.get(task.dueOn) ?? slackDays(today, task.dueOn)
    slackOf.set(task.dueOn, slack)
    return { ...task, slackDays: slack }
  })
}

export async function findLatestPlan(read: BalancerRead) {
  return await read
    .selectFrom('plan')
    .leftJoin('plan_outcome', 'plan_outcome.plan_id', 'plan.id')
    .select(['plan.id', 'planned_at', 'snapshot_hash', 'engine', 'objective', 'bound', 'gap', 'ms', 'stuck'])
    .select(['plan_outcome.moved', 'plan_outcome.skipped'])
    .select((eb) =>
      eb
        .selectFrom('move')
        .whereRef('move.plan_id', '=', 'plan.id')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('movedSoFar'),
    )
    .orderBy('planned_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Where the last plan that sends anything ended. */
export async function findLastBasis(read: BalancerRead): Promise<PlanBasis | undefined> {
  const last = await read
    .selectFrom('plan')
    .select('basis')
    .where('snapshot', 'is not', null)
    .orderBy('planned_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.basis
}

/** Keeps a plan: with its snapshot when it sends anything, so that it can be made again, else its figures alone. */
export async function insertPlan(tx: BalancerTx, plan: Plan, snapshot: PlanSnapshot | undefined): Promise<string> {
  const id = newId()
  await tx
    .insertInto('plan')
    .values({
      id,
      snapshot_hash: plan.basis.snapshot,
      engine: plan.basis.engine,
      objective: plan.objective,
      bound: plan.bound,
      gap: plan.gap,
      ms: Math.round(plan.ms),
      flows: JSON.stringify(snapshot ? plan.flows : []),
      stuck: JSON.stringify(plan.stuck),
      basis: JSON.stringify(snapshot ? plan.basis : { ...plan.basis, tree: [] }),
      snapshot: snapshot ? gzipSync(JSON.stringify(snapshot)) : null,
    })
    .execute()
  return id
}

export async function insertOutcome(
  tx: BalancerTx,
  planId: string,
  { moved, skipped }: { moved: number; skipped: number },
): Promise<void> {
  await tx.insertInto('plan_outcome').values({ plan_id: planId, moved, skipped }).execute()
}

export type WantedMove = {
  taskId: string
  version: number
  epoch: number
  benefit: Benefit
  from: string
  to: string
  queueKey: number
  /** Index of its flow. */
  flow: number
}

/**
 * Sends tasks on, each with its move written beside it. A task that somebody has taken, changed or is just taking stays;
 * one under protection goes only where somebody is cleared.
 * @returns how many were sent.
 */
export async function applyMoves(
  tx: BalancerTx,
  planId: string,
  moves: readonly WantedMove[],
  flows: readonly PlanFlow[],
): Promise<number> {
  const wanted = moves.map((move) => ({ ...move, id: newId() }))
  const used = [...new Set(moves.map(({ flow }) => flow))]
  const reasons = used.flatMap((index) => {
    const flow = flows[index]
    return flow ? [{ flow: index, rules: flow.reasons.rules, reasons: flow.reasons }] : []
  })
  const { rows } = await sql<{ moved: number }>`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (id uuid, "taskId" uuid, version integer,
        epoch integer, "from" text, "to" text, "queueKey" integer, flow integer)
    ), locked as (
      select t.id as task_id, w.* from task t join wanted w on w."taskId" = t.id
      where t.movable and t.version = w.version and t.epoch = w.epoch and t.office_id = w."from"
        and (not t.restricted or exists (select from handler h where h.office_id = w."to" and h.cleared))
      order by t.id for update of t skip locked
    ), sent as (
      update task t set office_id = locked."to", queue_key = locked."queueKey", sends = t.sends + 1
      from locked where t.id = locked.task_id
      returning t.id as task_id, t.benefit, t.language, t.minutes, locked.id, locked."from", locked."to", locked.flow
    ), reason as (
      select * from jsonb_to_recordset(${JSON.stringify(reasons)}::jsonb) as r (flow integer, rules text[], reasons jsonb)
    ), written as (
      insert into move (id, plan_id, task_id, from_office_id, to_office_id, benefit, language, minutes, rule_versions, reasons)
      select sent.id, ${planId}::uuid, sent.task_id, sent."from", sent."to", sent.benefit, sent.language, sent.minutes,
        reason.rules, reason.reasons
      from sent join reason on reason.flow = sent.flow
    )
    select count(*)::int as moved from sent`.execute(tx)
  return rows[0]?.moved ?? 0
}

export type StuckRecusal = Pick<TaskTable, 'benefit' | 'language'> & { office: string; tasks: number }

/** Work from which every able handler in its office is kept by recusal or a conflict of interest, so that it waits for nobody. */
export async function listStuckByRecusal(read: BalancerRead): Promise<StuckRecusal[]> {
  const { rows } = await sql<StuckRecusal>`
    select t.office_id as office, t.benefit, t.language, count(*)::int as tasks from task t
    where t.state = 'open' and t.identified
      and (t.id in (select task_id from exclusion where until_on is null)
        or t.applicant_index in (select applicant_index from conflict_of_interest))
      and not exists (
        select from handler h
        join handler_skill s on s.handler_id = h.id and s.benefit = t.benefit
        join handler_language l on l.handler_id = h.id and l.language = t.language
        where h.office_id = t.office_id and (h.cleared or not t.restricted)
          and not exists (select from exclusion e
            where e.task_id = t.id and e.handler_id = h.id and e.until_on is null)
          and not exists (select from conflict_of_interest c
            where c.handler_id = h.id and c.applicant_index = t.applicant_index))
    group by 1, 2, 3 order by 1, 2, 3`.execute(read)
  return rows
}
