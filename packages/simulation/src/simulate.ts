import type { PlanSnapshot } from '@tasain/contracts'
import type { Figures } from './judge/figures.ts'
import { type Policy, runJudge } from './judge/judge.ts'
import { makePlanPolicy, scaleMoves } from './planner.ts'
import { makeThresholdPolicy } from './rival.ts'
import { buildWorld } from './world/nation.ts'
import type { Scenario } from './world/scenario.ts'

export const POLICIES = ['none', 'threshold', 'plan', 'pooled'] as const
export type PolicyName = (typeof POLICIES)[number]

export type SimulateOptions = {
  /** `none`: all work stays. `threshold`: a rule of thumb. `plan`: levelling. `pooled`: one queue, no set-up: the limit. */
  policy: PolicyName
  weeks: number
  seed: number
  /** Effort minutes that a task sent costs besides, once; 5 when absent. */
  setUpMinutes?: number | undefined
  /** `plan`: by what factor moves are dearer than the scenario or the planner prices them; 1 when absent. */
  moveCost?: number | undefined
  /** `plan`: other prices. */
  costs?: PlanSnapshot['costs']
  /** `threshold`: queue days above which an office gives; 10 when absent. */
  exportAboveDays?: number | undefined
  onWeek?: ((week: number) => void) | undefined
}

/** Lives through the first `weeks` weeks of the scenario's year; the same options give the same figures. */
export function simulate(scenario: Scenario, options: SimulateOptions): Figures {
  const world = buildWorld(scenario, options.weeks, options.seed)
  return runJudge(world, {
    policy: makePolicy(scenario, options),
    isPooled: options.policy === 'pooled',
    setUpMinutes: options.setUpMinutes ?? 5,
    onWeek: options.onWeek,
  })
}

function makePolicy(scenario: Scenario, options: SimulateOptions): Policy | undefined {
  if (options.policy === 'threshold') return makeThresholdPolicy(options.exportAboveDays ?? 10)
  if (options.policy !== 'plan') return undefined
  return makePlanPolicy(scaleMoves({ ...scenario.costs, ...options.costs }, options.moveCost ?? 1))
}
