import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import {
  type Plan,
  type PlanBasis,
  type PlanSnapshot,
  planBasisSchema,
  planSchema,
  planSnapshotSchema,
} from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import * as z from 'zod'
import type { Counted } from '../load/load.store.ts'
import type { BalancerRead, BalancerTx, HeldFlow } from '../schema.ts'

export async function findLatestPlan(read: BalancerRead) {
  return await read
    .selectFrom('plan')
    .leftJoin('plan_outcome', 'plan_outcome.plan_id', 'plan.id')
    .select(['plan.id', 'planned_at', 'snapshot_hash', 'engine', 'gap', 'ms', 'stuck', 'held', 'unmet'])
    .select(['plan_outcome.moved', 'plan_outcome.skipped', 'plan_outcome.restricted_skipped'])
    .orderBy('planned_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** How many tasks a plan has moved so far. */
export async function countMovedBy(read: BalancerRead, planId: string, { restricted }: Counted): Promise<number> {
  const all = read.selectFrom('move').innerJoin('task', 'task.id', 'move.task_id').where('plan_id', '=', planId)
  const { count } = await (restricted ? all : all.where('task.restricted', '=', false))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export type PlanRecord = { plan: Plan; snapshot: PlanSnapshot }

/** The record of the latest plan, or of the latest that sends anything (made before the plan of `before`, when given). */
export async function findRecord(
  read: BalancerRead,
  which: { sends: boolean; before?: string },
): Promise<(PlanRecord & { id: string }) | undefined> {
  let query = read
    .selectFrom('plan_record')
    .innerJoin('plan', 'plan.id', 'plan_record.plan_id')
    .select(['plan_record.plan_id as id', 'plan_record.plan', 'plan_record.snapshot'])
    .orderBy('planned_at', 'desc')
    .limit(1)
  if (which.sends) query = query.where('sends', '=', true)
  const { before } = which
  if (before !== undefined)
    query = query.where('planned_at', '<', (eb) =>
      eb.selectFrom('plan').where('id', '=', before).select('plan.planned_at'),
    )
  const row = await query.executeTakeFirst()
  if (!row) return undefined
  const [plan, snapshot] = await Promise.all([unpack(row.plan), unpack(row.snapshot)])
  return { id: row.id, plan: planSchema.parse(plan), snapshot: planSnapshotSchema.parse(snapshot) }
}

const kept = z.object({ basis: planBasisSchema })

/** Where the last plan that sends anything ended: the next one starts there. */
export async function findLastBasis(read: BalancerRead): Promise<PlanBasis | undefined> {
  const row = await read
    .selectFrom('plan_record')
    .innerJoin('plan', 'plan.id', 'plan_record.plan_id')
    .select('plan_record.plan')
    .where('sends', '=', true)
    .orderBy('planned_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && kept.parse(await unpack(row.plan)).basis
}

const pack = async (value: object) => await promisify(gzip)(JSON.stringify(value), { level: 1 })
const unpack = async (bytes: Buffer): Promise<unknown> => JSON.parse((await promisify(gunzip)(bytes)).toString('utf8'))

/** The plan as it is kept and compared: the time it took is no part of it. */
export function stripTime(plan: Plan): Plan {
  return { ...plan, ms: 0 }
}

/** What it takes to make a plan again, packed: it takes its time, so before any transaction. */
export async function packRecord(plan: Plan, snapshot: PlanSnapshot): Promise<PackedRecord> {
  return { snapshot: await pack(snapshot), plan: await pack(stripTime(plan)) }
}

type PackedRecord = { snapshot: Buffer; plan: Buffer }

/** What is kept of a plan beside its figures. */
export type Kept = {
  record: PackedRecord
  held: readonly HeldFlow[]
  /** As it may be told: see `listToldUnmet`. */
  unmet: Plan['unmet']
  sends: boolean
  /** Days for which it is kept, when it sends anything. */
  days: number
}

/** Keeps a plan, with what it takes to make it again; the record of the one before goes, unless that one sent anything. */
export async function insertPlan(
  tx: BalancerTx,
  plan: Plan,
  { record, held, unmet, sends, days }: Kept,
): Promise<string> {
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
      stuck: JSON.stringify(plan.stuck),
      held: JSON.stringify(held),
      unmet: JSON.stringify(unmet),
    })
    .execute()
  await tx
    .insertInto('plan_record')
    .values({ plan_id: id, sends, ...record })
    .execute()
  await forgetPlans(tx, id, days)
  return id
}

export async function insertOutcome(
  tx: BalancerTx,
  planId: string,
  { moved, skipped, restrictedSkipped }: { moved: number; skipped: number; restrictedSkipped: number },
): Promise<void> {
  await tx
    .insertInto('plan_outcome')
    .values({ plan_id: planId, moved, skipped, restricted_skipped: restrictedSkipped })
    .execute()
  if (moved === 0) await tx.updateTable('plan_record').set({ sends: false }).where('plan_id', '=', planId).execute()
}

/**
 * Forgets all but the figures of earlier plans that sent nothing or are older than so many days; the newest two that sent
 * something stay.
 */
async function forgetPlans(tx: BalancerTx, latestId: string, days: number): Promise<void> {
  await sql`
    with gone as (
      delete from plan_record r using plan p
      where p.id = r.plan_id and p.id <> ${latestId} and (not r.sends or p.planned_at < now() - ${`${days} days`}::interval
        and p.id not in (
          select k.plan_id from plan_record k join plan n on n.id = k.plan_id where k.sends order by n.planned_at desc limit 2))
      returning p.id
    )
    update plan set stuck = '[]', held = '[]', unmet = '[]' where id in (select id from gone)`.execute(tx)
}
