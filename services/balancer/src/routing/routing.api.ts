import {
  codeText,
  isoDate,
  type MoveList,
  maySeeRestrictedFigures,
  type PlanStuck,
  type PlanSummary,
} from '@tasain/contracts'
import type { Asked, Clock, Database, Jobs } from '@tasain/kit'
import { helsinkiDate, isBenefit, isLanguage } from '@tasain/vocabulary'
import * as z from 'zod'
import type { BalancerDoor, Schema } from '../schema.ts'
import { mountAlarms } from './alarms/alarms.api.ts'
import { listStuckByRecusal, type StuckRecusal } from './alarms/alarms.store.ts'
import { mountMovingByHand } from './by-hand/by-hand.api.ts'
import { listFlows, listMoves } from './moves.store.ts'
import { countMovedBy, findLatestPlan } from './plan.store.ts'
import { mountPreview } from './preview/preview.api.ts'
import { mountSwitch } from './switch/switch.api.ts'
import { readSwitch } from './switch/switch.store.ts'

const moveQuery = z.object({ day: isoDate.optional(), from: codeText(80).optional(), to: codeText(80).optional() })

export type RoutingDoor = {
  database: Database<Schema>
  clock: Clock
  jobs: Pick<Jobs, 'plan'>
  isOn: boolean
  lateShare: number
}

export function mountRouting(door: BalancerDoor, { database, clock, jobs, isOn, lateShare }: RoutingDoor): void {
  mountPreview(door, { database, clock })
  mountAlarms(door, { clock, lateShare })
  mountSwitch(door, { jobs })
  mountMovingByHand(door, { clock })
  door.list('/plans/latest', 'plan.view', {}, async ({ caller }, read): Promise<PlanSummary> => {
    const restricted = maySeeRestrictedFigures(caller.roles)
    const plan = await findLatestPlan(read)
    const planning = isOn ? await readSwitch(read) : { on: false, reason: null, by: null, at: null }
    if (!plan) return { planning, plan: null }
    const recused = (await listStuckByRecusal(read)).filter(({ restricted }) => !restricted)
    const stuck = sumStuck([...plan.stuck.filter((row) => !row.protected), ...recused.map(describeRecusal)])
    return {
      planning,
      plan: {
        id: plan.id,
        plannedAt: plan.planned_at.toISOString(),
        gap: plan.gap,
        ms: plan.ms,
        moved: (restricted ? plan.moved : null) ?? (await countMovedBy(read, plan.id, { restricted })),
        skipped: (plan.skipped ?? 0) - (restricted ? 0 : (plan.restricted_skipped ?? 0)),
        held: plan.held.reduce((sum, flow) => (flow.protected && !restricted ? sum : sum + flow.minutes), 0),
        stuck,
      },
    }
  })
  door.list('/moves', 'move.list', { query: moveQuery }, async (asked, read): Promise<MoveList> => {
    const { day = helsinkiDate(clock.now()), from, to } = asked.query
    const district = findDistrict(asked)
    const restricted = maySeeRestrictedFigures(asked.caller.roles)
    const filter = { day, from, to, district, restricted }
    const flows = await listFlows(read, filter)
    const total = flows.reduce((sum, flow) => sum + flow.tasks, 0)
    const isSingle = from !== undefined && to !== undefined
    return { day, total, flows, ...(isSingle && { moves: await listMoves(read, filter) }) }
  })
}

/** The district a caller is confined to; one whose right ends at a district but who has none sees nothing. */
function findDistrict({ reach, caller }: Pick<Asked, 'reach' | 'caller'>): string | undefined {
  return reach === 'all' ? undefined : (caller.district ?? '')
}

type Stuck = NonNullable<PlanSummary['plan']>['stuck']

type StuckRow = Pick<PlanStuck, 'office' | 'benefit' | 'language' | 'tasks'> & { cause: { code: string } }

/** Stuck work by office, benefit, language and cause. */
function sumStuck(rows: readonly StuckRow[]): Stuck {
  const sums = new Map<string, Stuck[number]>()
  for (const { office, benefit, language, tasks, cause } of rows) {
    if (!isBenefit(benefit) || !isLanguage(language)) continue
    const key = [office, benefit, language, cause.code].join('|')
    const sum = sums.get(key) ?? { office, benefit, language, tasks: 0, cause: cause.code }
    sums.set(key, { ...sum, tasks: sum.tasks + tasks })
  }
  return [...sums.values()]
}

function describeRecusal(row: StuckRecusal): StuckRow {
  return { ...row, cause: { code: row.cause } }
}
