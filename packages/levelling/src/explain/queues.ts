import type { PlanReasons } from '@tasain/contracts'
import { listPoolsAt } from '../nation/classes.ts'
import { BUCKET_STARTS, type Pool } from '../nation/nation.ts'
import type { RowFlow } from '../solve/flows.ts'
import type { Problem } from '../solve/model.ts'

/**
 * Open minutes by office after the plan, and by kind × offices + office before and after it. They are told to whoever asks why
 * work moved, and so none of them counts protected work.
 */
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
  for (const { office, kind, minutes, protectedMinutes, isComing } of classes.supplies)
    if (!isComing) add(before, kind * n + office, minutes - protectedMinutes)
  const after = Float64Array.from(before)
  const openAfter = Float64Array.from(nation.toldOpen)
  for (const { supply, row, to, minutes } of flows) {
    const from = classes.supplies[supply]
    if (to < 0 || from === undefined || row.protected === true) continue
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
 * Queue days of a class at an office: working days until the pools able to do the class have worked off the office's open
 * minutes that they can do; null = they never do.
 */
function countClassDays({ nation, classes }: Problem, open: Float64Array, kind: number, office: number): number | null {
  const able = listPoolsAt(classes.kinds[kind], office)
  let minutes = 0
  classes.kinds.forEach((other, k) => {
    const more = open[k * nation.offices.length + office] ?? 0
    if (more > 0 && listPoolsAt(other, office).some((pool) => able.includes(pool))) minutes += more
  })
  return countDaysOfWork(
    minutes,
    [...able].flatMap((pool) => nation.pools[pool] ?? []),
  )
}

/** Working days with one decimal; the pace of the last bucket with an end stands for later days. */
function countDaysOfWork(minutes: number, pools: readonly Pool[]): number | null {
  if (pools.length === 0) return null
  if (minutes === 0) return 0
  let left = minutes
  let pace = 0
  for (const [bucket, start] of BUCKET_STARTS.entries()) {
    const days = (BUCKET_STARTS[bucket + 1] ?? Number.POSITIVE_INFINITY) - start
    if (Number.isFinite(days)) pace = sumMinutes(pools, bucket) / days
    if (pace > 0 && left <= pace * days) return Math.round((start + left / pace) * 10) / 10
    left -= pace > 0 ? pace * days : 0
  }
  return null
}

function sumMinutes(pools: readonly Pool[], bucket: number): number {
  return pools.reduce((sum, { minutes }) => sum + (minutes[bucket] ?? 0), 0)
}

function add(sums: Float64Array, at: number, more: number): void {
  sums[at] = (sums[at] ?? 0) + more
}
