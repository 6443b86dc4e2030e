import type { PlanWork } from '@tasain/contracts'
import type { Model, Problem } from './model.ts'

/** Minutes of one row of work sent to an office, or left where nobody may do them (`to` = -1). */
export type RowFlow = { supply: number; row: PlanWork; to: number; minutes: number }

/** The solved network as minutes by row: within a supply the earliest due go first, what stays is latest due. */
export function splitFlows({ nation, classes }: Problem, { net, transfers, stuckArc }: Model): RowFlow[] {
  const sent = new Map<number, Map<number, number>>()
  for (const { arc, supply, pool } of transfers) {
    const minutes = net.flow[arc] ?? 0
    if (minutes === 0) continue
    const to = nation.pools[pool]?.office ?? -1
    const byOffice = sent.get(supply) ?? new Map<number, number>()
    byOffice.set(to, (byOffice.get(to) ?? 0) + minutes)
    sent.set(supply, byOffice)
  }
  return classes.supplies.flatMap((supply, s) => {
    const orders = [...(sent.get(s) ?? [])].sort(([a], [b]) => a - b)
    const home = classes.kinds[supply.kind]?.poolsAt.has(supply.office) ?? false
    const arc = stuckArc[s] ?? -1
    if (!home) orders.push([-1, arc >= 0 ? (net.flow[arc] ?? 0) : supply.minutes])
    return fillOrders(s, supply.rows, orders)
  })
}

function fillOrders(
  supply: number,
  rows: readonly PlanWork[],
  orders: readonly (readonly [number, number])[],
): RowFlow[] {
  const flows: RowFlow[] = []
  let r = 0
  let left = rows[0]?.minutes ?? 0
  for (const [to, wanted] of orders)
    for (let open = wanted; open > 0; ) {
      while (left === 0 && r + 1 < rows.length) left = rows[++r]?.minutes ?? 0
      const row = rows[r]
      if (row === undefined || left === 0) return flows
      const minutes = Math.min(open, left)
      flows.push({ supply, row, to, minutes })
      open -= minutes
      left -= minutes
    }
  return flows
}

/**
 * The plan's cost in whole thousandths of an effort minute, and the minutes it moves. Surcharges are no part of it, nor
 * work without any way on: it costs the same whatever the plan.
 */
export function sumCosts({ nation, classes, units }: Problem, model: Model): { objective: number; moved: number } {
  const { net, scale, poolNode, bucketNode } = model
  const n = nation.offices.length
  let objective = 0
  let moved = 0
  for (const { arc, supply, pool } of model.transfers) {
    const minutes = net.flow[arc] ?? 0
    const from = classes.supplies[supply]?.office ?? 0
    objective += minutes * (units.move[from * n + (nation.pools[pool]?.office ?? 0)] ?? 0)
    moved += minutes
  }
  const pools = new Set(poolNode)
  const buckets = new Set(bucketNode)
  for (let arc = 0; arc < net.arcs; arc++)
    if (pools.has(net.source[arc] ?? 0) && buckets.has(net.target[arc] ?? 0))
      objective += ((net.flow[arc] ?? 0) * (net.cost[arc] ?? 0)) / scale
  for (const arc of model.stuckArc) if (arc >= 0) objective += (net.flow[arc] ?? 0) * units.stuck
  return { objective, moved }
}
