import { listPoolsAt } from '../nation/classes.ts'
import { countQueueDays } from '../nation/nation.ts'
import type { RowFlow } from '../solve/flows.ts'
import type { Problem } from '../solve/model.ts'

/** Open minutes by office after the plan, and by kind × offices + office before and after it. */
export type Queues = {
  openAfter: Float64Array
  before: Float64Array
  after: Float64Array
  /** Queue days found already. */
  known: Map<string, number | null>
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

/**
 * Queue days of a class at an office: the office's open minutes that the pools able to do the class can do, ÷ their minutes
 * per working day; null = endless.
 */
export function countClassDays(
  { nation, classes }: Problem,
  queues: Queues,
  kind: number,
  office: number,
  when: 'before' | 'after',
): number | null {
  const key = `${kind} ${office} ${when}`
  const known = queues.known.get(key)
  if (known !== undefined) return known
  const able = listPoolsAt(classes.kinds[kind], office)
  let rate = 0
  for (const pool of able) rate += nation.pools[pool]?.minutes[0] ?? 0
  let open = 0
  classes.kinds.forEach((other, k) => {
    const minutes = queues[when][k * nation.offices.length + office] ?? 0
    if (minutes > 0 && listPoolsAt(other, office).some((pool) => able.includes(pool))) open += minutes
  })
  const days = countQueueDays(open, rate)
  queues.known.set(key, days)
  return days
}

function add(sums: Float64Array, at: number, more: number): void {
  sums[at] = (sums[at] ?? 0) + more
}
