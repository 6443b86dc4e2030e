import type { PlanWork } from '@tasain/contracts'
import { compareRows, isAble, listRows } from '../nation/classes.ts'
import type { Model, Problem } from './model.ts'

/** Minutes of one row of work sent to an office, or left where nobody may do them (`to` = -1). */
export type RowFlow = { supply: number; row: PlanWork; to: number; minutes: number }

/** The solved network as minutes by row: within a supply the earliest due go first, what stays is latest due. */
export function splitFlows({ nation, classes }: Problem, { net, transfers, homeArc }: Model): RowFlow[] {
  const sent: Map<number, number>[] = []
  for (let i = 0; i < transfers.count; i++) {
    const minutes = net.flow[transfers.arc[i] ?? 0] ?? 0
    if (minutes === 0) continue
    const supply = transfers.supply[i] ?? 0
    const to = nation.pools[transfers.pool[i] ?? 0]?.office ?? -1
    const byOffice = sent[supply] ?? new Map<number, number>()
    sent[supply] = byOffice.set(to, (byOffice.get(to) ?? 0) + minutes)
  }
  return classes.supplies.flatMap((supply, s) => {
    const orders = [...(sent[s] ?? [])].sort(([a], [b]) => a - b)
    const arc = homeArc[s] ?? -1
    if (!isAble(classes.kinds[supply.kind], supply.office))
      orders.push([-1, arc >= 0 ? (net.flow[arc] ?? 0) : supply.minutes])
    if (orders.every(([, minutes]) => minutes === 0)) return []
    const rows = listRows(classes, supply, nation).sort(compareRows)
    return fillOrders(s, rows, orders)
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
      const last = flows.at(-1)
      // Rows alike in all that a plan names are told as one.
      if (last !== undefined && last.to === to && compareRows(last.row, row) === 0) last.minutes += minutes
      else flows.push({ supply, row, to, minutes })
      open -= minutes
      left -= minutes
    }
  return flows
}

/**
 * The plan's cost in whole thousandths of an effort minute. Surcharges are no part of it, nor work without any way on: it
 * costs the same whatever the plan.
 */
export function sumCosts({ classes, units }: Problem, model: Model): number {
  const { net, scale } = model
  let objective = 0
  const { count, arc: arcs, way } = model.transfers
  for (let i = 0; i < count; i++) objective += (net.flow[arcs[i] ?? 0] ?? 0) * (units.move[way[i] ?? 0] ?? 0)
  for (const arc of model.waitArc) if (arc >= 0) objective += ((net.flow[arc] ?? 0) * (net.cost[arc] ?? 0)) / scale
  classes.supplies.forEach(({ kind, office }, s) => {
    const arc = model.homeArc[s] ?? -1
    if (arc >= 0 && !isAble(classes.kinds[kind], office)) objective += (net.flow[arc] ?? 0) * units.stuck
  })
  return objective
}
