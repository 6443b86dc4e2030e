import type { World } from '../world/world.ts'
import { DECIDED, type State } from './state.ts'

/**
 * What a run came to. Waits: calendar days from arrival to decision, for open tasks to the last day. `pastDue`: share (0
 * to 1) decided after its due date, or open after it. `moved`: share sent at least once. `refused`: moves of tasks that
 * were gone by then; `ruleBreaks`: moves that would have broken a rule, limit or pin; neither was made. `movesPerMovedTask` counts
 * what was asked for: a task sent once and asked for again has two.
 */
export type Figures = {
  meanWait: number
  p95Wait: number
  pastDue: number
  moved: number
  kmPerMove: number
  movesPerMovedTask: number
  sends: number
  recalls: number
  refused: number
  ruleBreaks: number
  arrivals: number
  decided: number
  open: number
}

/** `again`: sends asked of tasks that had been sent before, which were not made. */
export type Sums = {
  sends: number
  again: number
  kilometres: number
  recalls: number
  refused: number
  ruleBreaks: number
}

export function countFigures(world: World, state: State, sums: Sums): Figures {
  const { calendar, tasks } = world
  const last = calendar.length - 1
  const waits = new Float64Array(state.arrived)
  let late = 0
  let moved = 0
  for (let task = 0; task < state.arrived; task += 1) {
    const end = state.phase[task] === DECIDED ? (state.decidedOn[task] ?? 0) : last
    waits[task] = Math.max(0, (calendar.offsets[end] ?? 0) - (tasks.arrivedOn[task] ?? 0))
    late += Number(isPastDue(state, task, last))
    moved += Number((state.sentOn[task] ?? -1) >= 0)
  }
  waits.sort()
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / Math.max(1, state.arrived)
  return {
    meanWait: mean,
    p95Wait: waits[Math.floor(waits.length * 0.95)] ?? 0,
    pastDue: late / Math.max(1, state.arrived),
    moved: moved / Math.max(1, state.arrived),
    kmPerMove: sums.sends > 0 ? sums.kilometres / sums.sends : 0,
    movesPerMovedTask: moved > 0 ? (sums.sends + sums.again) / moved : 0,
    sends: sums.sends,
    recalls: sums.recalls,
    refused: sums.refused,
    ruleBreaks: sums.ruleBreaks,
    arrivals: state.arrived,
    decided: state.decided,
    open: state.open.length + state.waiting,
  }
}

/** True when decided after its due date, or still open after it on the last day. */
export function isPastDue(state: State, task: number, last: number): boolean {
  const end = state.phase[task] === DECIDED ? (state.decidedOn[task] ?? 0) : last
  return end > (state.due[task] ?? 0)
}
