import type { PlanWork } from '@tasain/contracts'
import { compareRows, isAble, listRows } from '../nation/classes.ts'
import type { Model, Problem } from './model.ts'

/** Minutes of one row of work sent to an office, or left where nobody may do them (`to` = -1). */
export type RowFlow = { supply: number; row: PlanWork; to: number; minutes: number }

/** The solved network as minutes by row: within a supply the earliest due go first, what stays is latest due. */
export function splitFlows(problem: Problem, model: Model): RowFlow[] {
  const { nation, classes } = problem
  return classes.supplies.flatMap((supply, s) => {
    if (supply.isComing) return []
    const orders = listOrders(problem, model, s)
    if (!isAble(classes.kinds[supply.kind], supply.office)) {
      const arc = model.homeArc[s] ?? -1
      orders.push([-1, arc >= 0 ? (model.net.flow[arc] ?? 0) : supply.minutes])
    }
    if (orders.every(([, minutes]) => minutes === 0)) return []
    const rows = listRows(classes, supply, nation).sort(compareRows)
    return fillOrders(s, rows, orders)
  })
}

/** Minutes of a supply by office they are sent to. */
function listOrders(
  { nation }: Problem,
  { net, transfers }: Model,
  supply: number,
): [office: number, minutes: number][] {
  const orders: [number, number][] = []
  for (let at = transfers.last[supply] ?? -1; at >= 0; at = transfers.prior[at] ?? -1) {
    const minutes = net.flow[transfers.arc[at] ?? 0] ?? 0
    if (minutes === 0) continue
    const to = nation.pools[transfers.pool[at] ?? 0]?.office ?? -1
    const known = orders.find(([office]) => office === to)
    if (known === undefined) orders.push([to, minutes])
    else known[1] += minutes
  }
  return orders.sort(([a], [b]) => a - b)
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
