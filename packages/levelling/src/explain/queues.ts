import type { PlanReasons } from '@tasain/contracts'
import { listPoolsAt } from '../nation/classes.ts'
import { countQueueDays } from '../nation/nation.ts'
import type { RowFlow } from '../solve/flows.ts'
import type { Problem } from '../solve/model.ts'

/** Open minutes by office after the plan, and by kind × offices + office before and after it. */
export type Queues = {
  openAfter: Float64Array
  before: Float64Array
  after: Float64Array
  /** Queue days found already, by kind × offices² + way. */
  known: Map<number, NonNullable<PlanReasons['ofClass']>>
}

export function countQueues({ nation, classes }: Problem, flows: readonly RowFlow[]): Queues {
  const n = nation.offices.length
  const before = new Float64Array(classes.kinds.length * n)
  for (const { office, kind, minutes } of classes.supplies) add(before, kind * n + office, minutes)
  const after = Float64Array.from(before)
  const openAfter = Float64Array.from(nation.open)
  for (const { supply, to, minutes } of flows) {
    const from = classes.supplies[supply]
    if (to < 0 || from === undefined) continue
    add(openAfter, from.office, -minutes)
    add(openAfter, to, minutes)
    add(after, from.kind * n + from.office, -minutes)
    add(after, from.kind * n + to, minutes)
  }
  return { openAfter, before, after, known: new Map() }
}

/** Queue days of a kind at both ends of a move. */
export function findClassDays(
  problem: Problem,
  queues: Queues,
  kind: number,
  from: number,
  to: number,
): NonNullable<PlanReasons['ofClass']> {
  const n = problem.nation.offices.length
  const key = (kind * n + from) * n + to
  const known = queues.known.get(key)
  if (known !== undefined) return known
  const days = {
    fromDaysBefore: countClassDays(problem, queues.before, kind, from),
    fromDaysAfter: countClassDays(problem, queues.after, kind, from),
    toDaysBefore: countClassDays(problem, queues.before, kind, to),
    toDaysAfter: countClassDays(problem, queues.after, kind, to),
  }
  queues.known.set(key, days)
  return days
}

/**
 * Queue days of a class at an office: the office's open minutes that the pools able to do the class can do, ÷ their minutes
 * per working day; null = endless.
 */
function countClassDays({ nation, classes }: Problem, open: Float64Array, kind: number, office: number): number | null {
  const able = listPoolsAt(classes.kinds[kind], office)
  let rate = 0
  for (const pool of able) rate += nation.pools[pool]?.minutes[0] ?? 0
  let minutes = 0
  classes.kinds.forEach((other, k) => {
    const more = open[k * nation.offices.length + office] ?? 0
    if (more > 0 && listPoolsAt(other, office).some((pool) => able.includes(pool))) minutes += more
  })
  return countQueueDays(minutes, rate)
}

function add(sums: Float64Array, at: number, more: number): void {
  sums[at] = (sums[at] ?? 0) + more
}
