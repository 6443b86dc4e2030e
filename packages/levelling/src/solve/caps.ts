import { sumCosts } from './flows.ts'
import type { MasterPlan } from './master.ts'
import { type Model, type Problem, priceTransfer } from './model.ts'
import { type Surcharge, solveAll } from './pricing.ts'
import { closeWays, type Rows, spreadPrices, sumUse } from './rows.ts'
import { type Basis, startFrom, takeBasis } from './start.ts'
import { computePotentials } from './tree.ts'

/** A plan met on the way: its transfers' minutes, its cost and what it uses of each row. */
export type Met = MasterPlan & { minutes: Float64Array }

/** The plan the network holds. */
export function meet(problem: Problem, model: Model, rows: Rows): Met {
  const { arc, count } = model.transfers
  const minutes = new Float64Array(count)
  for (let i = 0; i < count; i++) minutes[i] = model.net.flow[arc[i] ?? 0] ?? 0
  return { minutes, use: sumUse(model, rows, minutes), cost: sumCosts(problem, model) }
}

export function chargeArcs(problem: Problem, model: Model, surcharge: Surcharge): void {
  const { net, transfers } = model
  for (let i = 0; i < transfers.count; i++) {
    const way = transfers.way[i] ?? 0
    net.cost[transfers.arc[i] ?? 0] = priceTransfer(problem, model, transfers.supply[i] ?? 0, way, surcharge[way] ?? 0)
  }
  computePotentials(net)
}

/**
 * The cheapest plan that sends no more over a limited way than its cap, by transfer; ordered work is filled up to it. The
 * network is left with the caps on.
 */
export function solveCapped(problem: Problem, model: Model, rows: Rows, caps: Float64Array): Met {
  const basis = takeBasis(model)
  const reward = rows.list.map((row) => ('least' in row ? row.penalty : 0))
  chargeArcs(problem, model, spreadPrices(problem, rows, reward))
  const { arc, way, count } = model.transfers
  for (let i = 0; i < count; i++) if (rows.byWay.has(way[i] ?? 0)) model.net.capacity[arc[i] ?? 0] = caps[i] ?? 0
  startFrom(problem, model, basis, [])
  solveAll(problem, model, closeWays(problem, rows))
  return meet(problem, model, rows)
}

/** Takes the caps off again and sets the network on the basis. */
export function uncap(problem: Problem, model: Model, basis: Basis): void {
  const { arc, count } = model.transfers
  for (let i = 0; i < count; i++) model.net.capacity[arc[i] ?? 0] = Number.POSITIVE_INFINITY
  startFrom(problem, model, basis, [])
}

/** Minutes by transfer, cut down row by row to what the ceilings allow, in whole minutes. */
export function fitCaps(model: Model, rows: Rows, minutes: Float64Array): Float64Array {
  const use = sumUse(model, rows, minutes)
  const fits = rows.list.map((row, r) => ('least' in row ? 1 : Math.min(1, row.most / Math.max(1, use[r] ?? 0))))
  return minutes.map((flow, i) => {
    const mine = rows.byWay.get(model.transfers.way[i] ?? -1) ?? []
    return Math.floor(mine.reduce((least, r) => Math.min(least, fits[r] ?? 1), 1) * flow)
  })
}

/**
 * The mixture in whole minutes: rounded down, then one minute more on an arc while every limit it uses has room. Arcs of
 * ordered work are filled up to their capacity, so they get no more than the order.
 */
export function cutMixture(model: Model, rows: Rows, met: readonly Met[], shares: readonly number[]): Float64Array {
  const mixed = new Float64Array(model.transfers.count)
  met.forEach(({ minutes }, j) => {
    const share = shares[j] ?? 0
    if (share > 0)
      minutes.forEach((flow, i) => {
        mixed[i] = (mixed[i] ?? 0) + share * flow
      })
  })
  const caps = mixed.map((flow) => Math.floor(flow + 1e-6))
  const use = sumUse(model, rows, caps)
  const order = [...mixed.keys()].filter((i) => (mixed[i] ?? 0) > 1e-6)
  const rest = (i: number): number => (mixed[i] ?? 0) - (caps[i] ?? 0)
  order.sort((a, b) => rest(b) - rest(a) || a - b)
  for (const i of order) {
    const mine = rows.byWay.get(model.transfers.way[i] ?? -1) ?? []
    const fits = mine.every((r) => {
      const row = rows.list[r]
      return row === undefined || (use[r] ?? 0) + 1 <= ('least' in row ? row.least : row.most)
    })
    if (!fits) continue
    caps[i] = (caps[i] ?? 0) + 1
    for (const r of mine) use[r] = (use[r] ?? 0) + 1
  }
  return caps
}
