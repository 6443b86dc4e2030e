import type { Limit } from '../nation/limits.ts'
import { sumCosts } from './flows.ts'
import { type MasterPlan, type MasterRow, mixPlans } from './master.ts'
import { type Model, type Problem, resetFlow } from './model.ts'
import { type Surcharge, solveAll, wayOf } from './pricing.ts'
import { computePotentials } from './tree.ts'

export type Solved = { objective: number; bound: number; unmet: { rule: string; minutes: number }[] }

/** Prices tried at most; reached on hard instances only, and counted, never timed. */
const ROUNDS = 80
/** The bound is close enough when it is within this share of the mixture's cost. */
const CLOSE = 0.0002

/** A plan met on the way: its transfers' minutes, its cost and what it uses of each row. */
type Met = MasterPlan & { minutes: Float64Array }

/**
 * Solves under limits that many arcs share. Prices on the limits give a lower bound each time the network is solved under
 * them; the plans met are mixed to the cheapest mixture within the limits (Dantzig-Wolfe), whose dual prices are tried
 * next. The mixture, cut to whole minutes, becomes capacities of single arcs, and one last network flow under them is the
 * plan: whole, within every limit, and as close to the bound as the mixture was.
 */
export function solveLimited(problem: Problem, model: Model, limits: readonly Limit[]): Solved {
  const rows = listRows(problem, limits)
  solveAll(problem, model)
  const free = meet(problem, model, rows)
  if (rows.every((row, r) => keeps(row, free.use[r] ?? 0))) return { objective: free.cost, bound: free.cost, unmet: [] }
  const met = [solveStanding(problem, model, rows), free]
  let bound = free.cost
  let best: number[] = rows.map(() => 0)
  let mixture = mixPlans(met, rows)
  for (let round = 0; round < ROUNDS && mixture.cost - bound > CLOSE * Math.abs(bound); round++) {
    // Half way between the best prices known and the mixture's: pure prices of a poor mixture swing wildly.
    const pull = round % 4 === 3 ? 1 : 0.4
    const prices = rows.map((_, r) => Math.round((1 - pull) * (best[r] ?? 0) + pull * (mixture.prices[r] ?? 0)))
    const surcharge = spreadPrices(problem, rows, prices)
    chargeArcs(problem, model, surcharge)
    solveAll(problem, model, surcharge)
    const found = meet(problem, model, rows)
    met.push(found)
    const value = rows.reduce((sum, row, r) => sum + priceRow(row, prices[r] ?? 0, found.use[r] ?? 0), found.cost)
    if (value > bound) {
      bound = value
      best = prices
    }
    mixture = mixPlans(met, rows)
  }
  return finish(problem, model, rows, met, mixture.shares, bound)
}

type Row = MasterRow & { limit: Limit }

function listRows({ units }: Problem, limits: readonly Limit[]): Row[] {
  return limits.flatMap((limit) => {
    const rows: Row[] = limit.most > 0 ? [{ most: limit.most, limit }] : []
    if (limit.least > 0) rows.push({ least: limit.least, penalty: units.stuck, limit })
    return rows
  })
}

function keeps(row: Row, use: number): boolean {
  return 'least' in row ? use >= row.least : use <= row.most
}

function priceRow(row: Row, price: number, use: number): number {
  return 'least' in row ? price * (row.least - use) : price * (use - row.most)
}

function meet(problem: Problem, model: Model, rows: readonly Row[]): Met {
  const minutes = Float64Array.from(model.transfers, ({ arc }) => model.net.flow[arc] ?? 0)
  const use = sumUse(problem, model, rows, minutes)
  return { minutes, use, cost: sumCosts(problem, model).objective }
}

function sumUse(problem: Problem, model: Model, rows: readonly Row[], minutes: Float64Array): number[] {
  const use = rows.map(() => 0)
  const byWay = new Map<number, number>()
  minutes.forEach((flow, i) => {
    const way = wayOf(problem, model.transfers[i])
    if (flow > 0) byWay.set(way, (byWay.get(way) ?? 0) + flow)
  })
  for (const [way, flow] of byWay)
    rows.forEach(({ limit }, r) => {
      if (limit.ways.has(way)) use[r] = (use[r] ?? 0) + flow
    })
  return use
}

/** Each row's price on each of its ways, scaled; ordered work is a price paid out. */
function spreadPrices({ nation }: Problem, rows: readonly Row[], prices: readonly number[]): Surcharge {
  const surcharge = new Float64Array(nation.offices.length ** 2)
  rows.forEach((row, r) => {
    const price = ('least' in row ? -1 : 1) * (prices[r] ?? 0)
    if (price !== 0) for (const way of row.limit.ways) surcharge[way] = (surcharge[way] ?? 0) + price
  })
  return surcharge
}

function chargeArcs(problem: Problem, { net, transfers, scale }: Model, surcharge: Surcharge): void {
  const n = problem.nation.offices.length
  for (const transfer of transfers) {
    const way = wayOf(problem, transfer)
    net.cost[transfer.arc] = ((problem.units.move[way] ?? 0) + (surcharge[way] ?? 0)) * scale + 1
    if (way >= n * n) throw new RangeError('no such way')
  }
  computePotentials(net)
}

/** The plan that uses no limit at all: every mixture can fall back on it. */
function solveStanding(problem: Problem, model: Model, rows: readonly Row[]): Met {
  capArcs(problem, model, rows, new Float64Array(model.transfers.length))
  solveAll(problem, model, closeWays(problem, rows))
  const met = meet(problem, model, rows)
  capArcs(problem, model, rows, undefined)
  return met
}

/** Arcs over limited ways get their own capacity (or are freed again), and the network starts afresh from home. */
function capArcs(problem: Problem, model: Model, rows: readonly Row[], caps: Float64Array | undefined): void {
  const limited = new Set(rows.flatMap(({ limit }) => [...limit.ways]))
  model.transfers.forEach((transfer, i) => {
    const cap = limited.has(wayOf(problem, transfer)) ? caps?.[i] : undefined
    model.net.capacity[transfer.arc] = cap ?? Number.POSITIVE_INFINITY
  })
  resetFlow(model)
}

function closeWays({ nation }: Problem, rows: readonly Row[]): Surcharge {
  const surcharge = new Float64Array(nation.offices.length ** 2)
  for (const { limit } of rows) for (const way of limit.ways) surcharge[way] = Number.POSITIVE_INFINITY
  return surcharge
}

function finish(
  problem: Problem,
  model: Model,
  rows: readonly Row[],
  met: readonly Met[],
  shares: readonly number[],
  bound: number,
): Solved {
  const caps = cutMixture(problem, model, rows, met, shares)
  const reward = rows.map((row) => ('least' in row ? row.penalty : 0))
  chargeArcs(problem, model, spreadPrices(problem, rows, reward))
  capArcs(problem, model, rows, caps)
  solveAll(problem, model, closeWays(problem, rows))
  const { use, cost } = meet(problem, model, rows)
  const unmet = rows.flatMap((row, r) => {
    const minutes = 'least' in row ? row.least - (use[r] ?? 0) : 0
    return minutes > 0 ? [{ rule: row.limit.rule, minutes, price: 'least' in row ? row.penalty : 0 }] : []
  })
  const objective = unmet.reduce((sum, { minutes, price }) => sum + minutes * price, cost)
  return {
    objective,
    bound: Math.min(bound, objective),
    unmet: unmet.map(({ rule, minutes }) => ({ rule, minutes })),
  }
}

/** The mixture in whole minutes: rounded down, then one minute more on an arc while every limit it uses has room. */
function cutMixture(
  problem: Problem,
  model: Model,
  rows: readonly Row[],
  met: readonly Met[],
  shares: readonly number[],
): Float64Array {
  const mixed = new Float64Array(model.transfers.length)
  met.forEach(({ minutes }, j) => {
    const share = shares[j] ?? 0
    if (share > 0) minutes.forEach((flow, i) => (mixed[i] = (mixed[i] ?? 0) + share * flow))
  })
  const caps = mixed.map((flow) => Math.floor(flow + 1e-6))
  const use = sumUse(problem, model, rows, caps)
  const order = [...mixed.keys()].filter((i) => (mixed[i] ?? 0) > 1e-6)
  const rest = (i: number): number => (mixed[i] ?? 0) - (caps[i] ?? 0)
  order.sort((a, b) => rest(b) - rest(a) || a - b)
  for (const i of order) {
    const way = wayOf(problem, model.transfers[i])
    const mine = rows.flatMap((row, r) => (row.limit.ways.has(way) ? [r] : []))
    const fits = mine.every((r) => {
      const row = rows[r]
      return row === undefined || 'least' in row || (use[r] ?? 0) + 1 <= row.most
    })
    if (!fits) continue
    caps[i] = (caps[i] ?? 0) + 1
    for (const r of mine) use[r] = (use[r] ?? 0) + 1
  }
  return caps
}
