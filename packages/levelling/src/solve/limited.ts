import type { Limit } from '../nation/limits.ts'
import type { Block } from '../nation/rules.ts'
import { chargeArcs, cutMixture, fitCaps, type Met, meet, solveCapped, uncap } from './caps.ts'
import { type MasterAnswer, mixPlans } from './master.ts'
import type { Model, Problem } from './model.ts'
import { solveAll } from './pricing.ts'
import { listFull, listRows, type Rows, readPrices, slopeOf, spreadPrices, writePrices } from './rows.ts'
import { takeBasis } from './start.ts'

/** `full`: the limits a plan has used up, by way. */
export type Solved = {
  objective: number
  bound: number
  unmet: { rule: string; minutes: number }[]
  full: Map<number, Block[]>
  /** The best prices found, as lines of a basis. */
  prices: string[]
}

/** What an earlier plan's basis says of limits: its lines, and minutes sent over limited ways by arc. */
export type EarlierPlan = { lines: readonly string[]; sent: ReadonlyMap<number, number> }

/** Prices tried at most; reached on hard instances only, and counted, never timed. */
const ROUNDS = 150
/** How far each round goes from the best prices to the mixture's own; measured best of 0.1 to 0.7, both in time and gap. */
const PULL = 0.1
/** Every so many rounds the prices climb along the slope of the bound instead. */
const CLIMB_EVERY = 6
/** Prices tried at least, when going on from an earlier plan: most of what they gain they gain at once. */
const RESUMED_ROUNDS = 12
/** The mixture is close enough to the bound when it is within this share of it, and going on from an earlier plan, this. */
const CLOSE = 0.0002
const RESUMED_CLOSE = 0.002

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
  { lines, sent }: EarlierPlan,
): Solved {
  const rows = listRows(problem, limits)
  const known = readPrices(rows, lines)
  const resumes = known.some((price) => price > 0)
  const search = resumes ? resumeSearch(problem, model, rows, known, sent) : startSearch(problem, model, rows)
  if (search === undefined) {
    const objective = meet(problem, model, rows).cost
    return { objective, bound: objective, unmet: [], full: new Map(), prices: [] }
  }
  const isDone = (round: number): boolean =>
    isWithin(search, CLOSE) ||
    round >= ROUNDS ||
    (resumes && round >= RESUMED_ROUNDS && isWithin(search, RESUMED_CLOSE))
  for (let round = 0; !isDone(round); round++) {
    const climbs = round % CLIMB_EVERY === 0
    const rises = tryPrices(problem, model, rows, search, choosePrices(rows, search, climbs))
    if (climbs && !rises) search.stride *= 0.7
  }
  return finish(problem, model, rows, search)
}

/** `prices` gave the best `bound` so far, `slope` says how it rises with each; `stride` shortens when a climb fails. */
type Search = {
  /** The first keeps every ceiling. */
  met: Met[]
  mixture: MasterAnswer
  bound: number
  prices: number[]
  slope: number[]
  stride: number
}

function isWithin({ mixture, bound }: Search, share: number): boolean {
  return mixture.cost - bound <= share * Math.abs(bound)
}

/** Undefined when the optimum keeps every limit by itself; the network then holds it. */
function startSearch(problem: Problem, model: Model, rows: Rows): Search | undefined {
  solveAll(problem, model)
  const free = meet(problem, model, rows)
  const slope = rows.list.map((row, r) => slopeOf(row, free.use[r] ?? 0))
  if (slope.every((rise) => rise <= 0)) return undefined
  const met = [solveAside(problem, model, rows, fitCaps(model, rows, free.minutes)), free]
  return { met, mixture: mixPlans(met, rows.list), bound: free.cost, prices: slope.map(() => 0), slope, stride: 1 }
}

/** Goes on from an earlier plan's prices and from what it sent, as far as today's limits allow. */
function resumeSearch(
  problem: Problem,
  model: Model,
  rows: Rows,
  prices: number[],
  sent: ReadonlyMap<number, number>,
): Search {
  const minutes = Float64Array.from(model.transfers.arc.subarray(0, model.transfers.count), (arc) => sent.get(arc) ?? 0)
  const met = [solveAside(problem, model, rows, fitCaps(model, rows, minutes))]
  const mixture = mixPlans(met, rows.list)
  const search = { met, mixture, bound: Number.NEGATIVE_INFINITY, prices, slope: [], stride: 1 }
  tryPrices(problem, model, rows, search, prices)
  return search
}

/** The plan under the caps; the network is left as it was. */
function solveAside(problem: Problem, model: Model, rows: Rows, caps: Float64Array): Met {
  const basis = takeBasis(model)
  const met = solveCapped(problem, model, rows, caps)
  uncap(problem, model, basis)
  return met
}

/** A little way from the best prices to the mixture's: pure prices of a poor mixture swing wildly. Now and then a climb. */
function choosePrices(rows: Rows, search: Search, climbs: boolean): number[] {
  if (climbs) return climb(rows, search)
  return rows.list.map((_, r) =>
    Math.round((1 - PULL) * (search.prices[r] ?? 0) + PULL * (search.mixture.prices[r] ?? 0)),
  )
}

/** Solves under the prices; what is met widens the mixture. Returns whether the bound rose. */
function tryPrices(problem: Problem, model: Model, rows: Rows, search: Search, prices: number[]): boolean {
  const surcharge = spreadPrices(problem, rows, prices)
  chargeArcs(problem, model, surcharge)
  solveAll(problem, model, surcharge)
  const found = meet(problem, model, rows)
  search.met.push(found)
  const slope = rows.list.map((row, r) => slopeOf(row, found.use[r] ?? 0))
  const bound = slope.reduce((sum, rise, r) => sum + (prices[r] ?? 0) * rise, found.cost)
  const rises = bound > search.bound
  if (rises) Object.assign(search, { bound, prices, slope })
  search.mixture = mixPlans(search.met, rows.list)
  return rises
}

/** A step up the slope, as long as would close the whole gap were the bound linear (Polyak). */
function climb(rows: Rows, { prices, slope, stride, mixture, bound }: Search): number[] {
  const pushes = slope.map((rise, r) => ((prices[r] ?? 0) === 0 ? Math.max(0, rise) : rise))
  const square = pushes.reduce((sum, one) => sum + one * one, 0)
  const step = (stride * (mixture.cost - bound)) / Math.max(1, square)
  return rows.list.map((row, r) => {
    const price = Math.max(0, (prices[r] ?? 0) + step * (pushes[r] ?? 0))
    return Math.round('least' in row ? Math.min(row.penalty, price) : price)
  })
}

function finish(problem: Problem, model: Model, rows: Rows, { met, mixture, bound, prices }: Search): Solved {
  const { use, cost } = solveCapped(problem, model, rows, cutMixture(model, rows, met, mixture.shares))
  const unmet = rows.list.flatMap((row, r) => {
    const minutes = 'least' in row ? row.least - (use[r] ?? 0) : 0
    return minutes > 0 ? [{ rule: row.limit.rule, minutes, price: 'least' in row ? row.penalty : 0 }] : []
  })
  const objective = unmet.reduce((sum, { minutes, price }) => sum + minutes * price, cost)
  return {
    objective,
    bound: Math.min(bound, objective),
    unmet: unmet.map(({ rule, minutes }) => ({ rule, minutes })),
    full: listFull(rows, use),
    prices: writePrices(rows, prices),
  }
}
