import type { Limit } from '../nation/limits.ts'
import type { Block } from '../nation/rules.ts'
import { sumCosts } from './flows.ts'
import { findHomeBasis } from './home.ts'
import { type MasterAnswer, type MasterPlan, type MasterRow, mixPlans } from './master.ts'
import type { Model, Problem } from './model.ts'
import { type Surcharge, solveAll } from './pricing.ts'
import { startFrom } from './start.ts'
import { computePotentials } from './tree.ts'

/** `full`: the limits a plan has used up, by way. */
export type Solved = {
  objective: number
  bound: number
  unmet: { rule: string; minutes: number }[]
  full: Map<number, Block[]>
  /** The best prices found, as lines of a basis. */
  prices: string[]
}

/** Prices tried at most; reached on hard instances only, and counted, never timed. */
const ROUNDS = 150
/** How far each round goes from the best prices to the mixture's own; measured best of 0.15 to 0.7. */
const PULL = 0.2
/** Every so many rounds the prices climb along the slope of the bound instead. */
const CLIMB_EVERY = 6
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
export function solveLimited(
  problem: Problem,
  model: Model,
  limits: readonly Limit[],
  basis: readonly string[] = [],
): Solved {
  const rows = listRows(problem, limits)
  solveAll(problem, model)
  const free = meet(problem, model, rows)
  if (rows.every((row, r) => slopeOf(row, free.use[r] ?? 0) <= 0))
    return { objective: free.cost, bound: free.cost, unmet: [], full: new Map(), prices: [] }
  const search = startSearch(rows, [solveStanding(problem, model, rows), free], free)
  const known = readPrices(rows, basis)
  if (known.some((price) => price > 0)) tryPrices(problem, model, rows, search, known)
  for (let round = 0; round < ROUNDS && search.mixture.cost - search.bound > CLOSE * Math.abs(search.bound); round++) {
    const climbs = round % CLIMB_EVERY === 0
    const rises = tryPrices(problem, model, rows, search, choosePrices(rows, search, climbs))
    if (climbs && !rises) search.stride *= 0.7
  }
  return finish(problem, model, rows, search)
}

/** `prices` gave the best `bound` so far, `slope` says how it rises with each; `stride` shortens when a climb fails. */
type Search = {
  met: Met[]
  mixture: MasterAnswer
  bound: number
  prices: number[]
  slope: number[]
  stride: number
}

function startSearch(rows: readonly Row[], met: Met[], free: Met): Search {
  const slope = rows.map((row, r) => slopeOf(row, free.use[r] ?? 0))
  return { met, mixture: mixPlans(met, rows), bound: free.cost, prices: rows.map(() => 0), slope, stride: 1 }
}

/** A little way from the best prices to the mixture's: pure prices of a poor mixture swing wildly. Now and then a climb. */
function choosePrices(rows: readonly Row[], search: Search, climbs: boolean): number[] {
  if (climbs) return climb(rows, search)
  return rows.map((_, r) => Math.round((1 - PULL) * (search.prices[r] ?? 0) + PULL * (search.mixture.prices[r] ?? 0)))
}

/** Solves under the prices; what is met widens the mixture. Returns whether the bound rose. */
function tryPrices(problem: Problem, model: Model, rows: readonly Row[], search: Search, prices: number[]): boolean {
  const surcharge = spreadPrices(problem, rows, prices)
  chargeArcs(problem, model, surcharge)
  solveAll(problem, model, surcharge)
  const found = meet(problem, model, rows)
  search.met.push(found)
  const slope = rows.map((row, r) => slopeOf(row, found.use[r] ?? 0))
  const bound = rows.reduce((sum, _, r) => sum + (prices[r] ?? 0) * (slope[r] ?? 0), found.cost)
  const rises = bound > search.bound
  if (rises) Object.assign(search, { bound, prices, slope })
  search.mixture = mixPlans(search.met, rows)
  return rises
}

type Row = MasterRow & { limit: Limit }

function listRows({ units }: Problem, limits: readonly Limit[]): Row[] {
  return limits.flatMap((limit) => {
    const rows: Row[] = limit.most > 0 ? [{ most: limit.most, limit }] : []
    if (limit.least > 0) rows.push({ least: limit.least, penalty: units.stuck, limit })
    return rows
  })
}

/** How the bound rises with the row's price. */
function slopeOf(row: Row, use: number): number {
  return 'least' in row ? row.least - use : use - row.most
}

/** A step up the slope, as long as would close the whole gap were the bound linear (Polyak). */
function climb(rows: readonly Row[], { prices, slope, stride, mixture, bound }: Search): number[] {
  const pushes = rows.map((_, r) => ((prices[r] ?? 0) === 0 ? Math.max(0, slope[r] ?? 0) : (slope[r] ?? 0)))
  const square = pushes.reduce((sum, one) => sum + one * one, 0)
  const step = (stride * (mixture.cost - bound)) / Math.max(1, square)
  return rows.map((row, r) => {
    const price = Math.max(0, (prices[r] ?? 0) + step * (pushes[r] ?? 0))
    return Math.round('least' in row ? Math.min(row.penalty, price) : price)
  })
}

function meet(problem: Problem, model: Model, rows: readonly Row[]): Met {
  const minutes = Float64Array.from(model.transfers, ({ arc }) => model.net.flow[arc] ?? 0)
  const use = sumUse(model, rows, minutes)
  return { minutes, use, cost: sumCosts(problem, model) }
}

/** The rows each way comes under. */
function listRowsByWay(rows: readonly Row[]): Map<number, number[]> {
  const byWay = new Map<number, number[]>()
  rows.forEach(({ limit }, r) => {
    for (const way of limit.ways) {
      const known = byWay.get(way)
      if (known === undefined) byWay.set(way, [r])
      else known.push(r)
    }
  })
  return byWay
}

function sumUse({ transfers }: Model, rows: readonly Row[], minutes: Float64Array): number[] {
  const use = rows.map(() => 0)
  const byWay = listRowsByWay(rows)
  minutes.forEach((flow, i) => {
    for (const r of (flow > 0 && byWay.get(transfers[i]?.way ?? -1)) || []) use[r] = (use[r] ?? 0) + flow
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
  for (const transfer of transfers) {
    const { arc, way } = transfer
    net.cost[arc] = ((problem.units.move[way] ?? 0) + (surcharge[way] ?? 0)) * scale + 1
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
    const cap = limited.has(transfer.way) ? caps?.[i] : undefined
    model.net.capacity[transfer.arc] = cap ?? Number.POSITIVE_INFINITY
  })
  startFrom(problem, model, findHomeBasis(problem, model), [])
}

function closeWays({ nation }: Problem, rows: readonly Row[]): Surcharge {
  const surcharge = new Float64Array(nation.offices.length ** 2)
  for (const { limit } of rows) for (const way of limit.ways) surcharge[way] = Number.POSITIVE_INFINITY
  return surcharge
}

function finish(problem: Problem, model: Model, rows: readonly Row[], { met, mixture, bound, prices }: Search): Solved {
  const caps = cutMixture(model, rows, met, mixture.shares)
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
    full: listFull(rows, use),
    prices: rows.map((row, r) => `${nameRow(row)} ${prices[r] ?? 0}`),
  }
}

/** `L` a ceiling's price, `O` an order's, by rule and office. */
function nameRow(row: Row): string {
  const name = [row.limit.rule, row.limit.at].map(encodeURIComponent).join('/')
  return `${'least' in row ? 'O' : 'L'} ${name}`
}

function readPrices(rows: readonly Row[], basis: readonly string[]): number[] {
  const known = new Map<string, number>()
  for (const line of basis) {
    const at = line.lastIndexOf(' ')
    if (/^[LO] /.test(line)) known.set(line.slice(0, at), Number(line.slice(at + 1)))
  }
  return rows.map((row) => {
    const price = known.get(nameRow(row)) ?? 0
    const most = 'least' in row ? row.penalty : Number.MAX_SAFE_INTEGER
    return Number.isSafeInteger(price) ? Math.min(Math.max(0, price), most) : 0
  })
}

function listFull(rows: readonly Row[], use: readonly number[]): Map<number, Block[]> {
  const full = new Map<number, Block[]>()
  rows.forEach((row, r) => {
    if ('least' in row || (use[r] ?? 0) < row.most) return
    const { code, rule, ways } = row.limit
    for (const way of ways) full.set(way, [...(full.get(way) ?? []), { code, rule }])
  })
  return full
}

/**
 * The mixture in whole minutes: rounded down, then one minute more on an arc while every limit it uses has room. Arcs of
 * ordered work are filled up to their capacity, so they get no more than the order.
 */
function cutMixture(model: Model, rows: readonly Row[], met: readonly Met[], shares: readonly number[]): Float64Array {
  const mixed = new Float64Array(model.transfers.length)
  met.forEach(({ minutes }, j) => {
    const share = shares[j] ?? 0
    if (share > 0)
      minutes.forEach((flow, i) => {
        mixed[i] = (mixed[i] ?? 0) + share * flow
      })
  })
  const caps = mixed.map((flow) => Math.floor(flow + 1e-6))
  const use = sumUse(model, rows, caps)
  const byWay = listRowsByWay(rows)
  const order = [...mixed.keys()].filter((i) => (mixed[i] ?? 0) > 1e-6)
  const rest = (i: number): number => (mixed[i] ?? 0) - (caps[i] ?? 0)
  order.sort((a, b) => rest(b) - rest(a) || a - b)
  for (const i of order) {
    const mine = byWay.get(model.transfers[i]?.way ?? -1) ?? []
    const fits = mine.every((r) => {
      const row = rows[r]
      return row === undefined || (use[r] ?? 0) + 1 <= ('least' in row ? row.least : row.most)
    })
    if (!fits) continue
    caps[i] = (caps[i] ?? 0) + 1
    for (const r of mine) use[r] = (use[r] ?? 0) + 1
  }
  return caps
}
