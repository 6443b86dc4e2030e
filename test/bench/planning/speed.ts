import type { PlanSnapshot } from '@tasain/contracts'
import { plan } from '@tasain/levelling'
import { quantile } from '../figures.ts'
import { changeNation } from './nation.ts'

/** Milliseconds from the snapshot to the plan with its reasons, middle of the runs, and the greatest certified gap. */
export type Speed = { cold: number; warm: number; gap: number }

/** `cold` runs afresh, then `warm` runs after one row of work in a hundred has changed, each from the first plan. */
export function measurePlans(snapshot: PlanSnapshot, runs: { cold: number; warm: number }): Speed {
  const begun = performance.now()
  const first = plan(snapshot)
  const firstMs = performance.now() - begun
  const gaps = [first.gap]
  const time = (make: () => PlanSnapshot, previous?: typeof first): number => {
    const today = make()
    const started = performance.now()
    gaps.push(plan(today, previous).gap)
    return performance.now() - started
  }
  const cold = [firstMs, ...Array.from({ length: runs.cold - 1 }, () => time(() => snapshot))]
  const warm = Array.from({ length: runs.warm }, (_, i) => time(() => changeNation(snapshot, 700_900 + i), first))
  return { cold: quantile(cold, 0.5), warm: quantile(warm, 0.5), gap: Math.max(...gaps) }
}
