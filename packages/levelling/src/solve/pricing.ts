import { addTransfer, type Model, type Problem } from './model.ts'
import { solve } from './simplex.ts'
import { findTransfer } from './transfers.ts'

/** New arcs a supply may get in one round. */
const ARCS_PER_ROUND = 2

/** What a minute still costs once it lies with a pool: cheapest pool and price by kind, delay and office. */
export type Prices = {
  /** Scaled price at (kind × delays + delay) × offices + office; Infinity where nobody can do it, or no such work came. */
  price: Float64Array
  pool: Int32Array
}

/** A surcharge in unit prices on each transfer from office to office, at from × offices + to; Infinity adds no new arc. */
export type Surcharge = Float64Array

/**
 * Solves to the optimum over all permitted arcs: solve, price every absent permitted arc by the potentials, add the
 * best of those that would pay, again until none would. Returns pivots done.
 */
export function solveAll(problem: Problem, model: Model, surcharge?: Surcharge): number {
  const search: Search = {
    ...priceSending(problem, model, surcharge),
    surcharge,
    prices: makePrices(problem),
    takers: problem.classes.kinds.flatMap(({ takers }) => problem.classes.delays.map(() => takers.slice())),
  }
  let pivots = solve(model.net)
  while (addPayingArcs(problem, model, search) > 0) pivots += solve(model.net)
  return pivots
}

/**
 * Scaled cost of a minute's way: at least `cheapest` from an office, below zero where work is ordered, and `extra` on top of it by
 * from × offices + to; Infinity where it is closed, to work to come where a limit counts.
 */
type Sending = { cheapest: Float64Array; extra: Float64Array; extraComing: Float64Array }

/** What stays from round to round: `takers` are those that take a kind in, by kind × delays + delay. */
type Search = Sending & { surcharge: Surcharge | undefined; prices: Prices; takers: Int32Array[] }

function makePrices({ classes, nation }: Problem): Prices {
  const size = classes.kinds.length * classes.delays.length * nation.offices.length
  return { price: new Float64Array(size), pool: new Int32Array(size) }
}

/** The cheapest way on for a minute of each kind and delay at each office, from the potentials of the last solve. */
export function findPrices(problem: Problem, { net, poolNode }: Model, into = makePrices(problem)): Prices {
  const { classes, nation } = problem
  const n = nation.offices.length
  const delays = classes.delays.length
  const { price, pool } = into
  price.fill(Number.POSITIVE_INFINITY)
  pool.fill(-1)
  classes.kinds.forEach(({ pools }, k) => {
    for (const p of pools) {
      const office = nation.pools[p]?.office ?? 0
      for (let delay = 0; delay < delays; delay++) {
        const node = poolNode[p * delays + delay] as number
        if (node < 0) continue
        const at = (k * delays + delay) * n + office
        const cost = -(net.tree.potential[node] as number)
        if (cost >= (price[at] as number)) continue
        price[at] = cost
        pool[at] = p
      }
    }
  })
  return into
}

function priceSending({ units, nation, limited }: Problem, { pairOpen, scale }: Model, surcharge?: Surcharge): Sending {
  const n = nation.offices.length
  const price = units.move.map((move, way) =>
    pairOpen[way] === 1 ? (move + (surcharge?.[way] ?? 0)) * scale + 1 : Number.POSITIVE_INFINITY,
  )
  const cheapest = Float64Array.from({ length: n }, (_, from) => Math.min(...price.subarray(from * n, from * n + n)))
  const extra = price.map((one, way) => one - (cheapest[Math.floor(way / n)] ?? 0))
  return {
    cheapest,
    extra,
    extraComing:
      limited.size === 0 ? extra : extra.map((one, way) => (limited.has(way) ? Number.POSITIVE_INFINITY : one)),
  }
}

function addPayingArcs(
  problem: Problem,
  model: Model,
  { cheapest, extra, extraComing, surcharge, prices, takers }: Search,
): number {
  const { nation, classes } = problem
  const n = nation.offices.length
  const { price } = findPrices(problem, model, prices)
  takers.forEach((offices, at) => {
    sortByPrice(offices, price, at * n)
  })
  const best: Best = { count: 0, gains: new Float64Array(ARCS_PER_ROUND), offices: new Int32Array(ARCS_PER_ROUND) }
  let added = 0
  classes.supplies.forEach(({ office, kind, delay, mayLeave, isComing }, s) => {
    const node = model.supplyNode[s] ?? -1
    if (!mayLeave || node < 0) return
    const at = kind * classes.delays.length + delay
    // What sending costs at least is off already: an order may make it less than nothing.
    const now = -(model.net.tree.potential[node] ?? 0) - (cheapest[office] ?? 0)
    // The 1 that a transfer of open work costs besides is no part of what work to come pays.
    if (isComing) findBest(best, now + 1, takers[at], prices.price, at * n, extraComing, office * n)
    else findBest(best, now, takers[at], prices.price, at * n, extra, office * n)
    for (let i = 0; i < best.count; i++) {
      const to = best.offices[i] ?? 0
      const p = prices.pool[at * n + to] ?? -1
      if (findTransfer(model.transfers, s, p) >= 0) continue
      addTransfer(problem, model, s, p, surcharge?.[office * n + to])
      added += 1
    }
  })
  return added
}

/** Cheapest first, by place among equals. Mostly they stand so already, from the round before. */
function sortByPrice(offices: Int32Array, price: Float64Array, base: number): void {
  for (let i = 1; i < offices.length; i++) {
    const [prior, next] = [offices[i - 1] as number, offices[i] as number]
    const [low, high] = [price[base + prior] as number, price[base + next] as number]
    if (low < high || (low === high && prior < next)) continue
    offices.sort((a, b) => (price[base + a] as number) - (price[base + b] as number) || a - b)
    return
  }
}

/** Offices that would gain most, the first `count` of them, the best first. */
type Best = { count: number; gains: Float64Array; offices: Int32Array }

/** Cheapest first, so that the search can end where no later office can gain. */
function findBest(
  best: Best,
  now: number,
  takers: Int32Array | undefined,
  price: Float64Array,
  base: number,
  extra: Float64Array,
  row: number,
): void {
  best.count = 0
  if (takers === undefined) return
  let worst = 0
  for (let i = 0; i < takers.length; i++) {
    const to = takers[i] as number
    const left = now - (price[base + to] as number)
    if (left <= worst) return
    const gain = left - (extra[row + to] as number)
    if (gain > worst) worst = insertBest(best, gain, to)
  }
}

/** Puts the office in its place; returns what another must gain more than to be among the best. */
function insertBest(best: Best, gain: number, to: number): number {
  const { gains, offices } = best
  if (best.count < gains.length) best.count += 1
  let i = best.count - 1
  for (; i > 0 && (gains[i - 1] ?? 0) < gain; i--) {
    gains[i] = gains[i - 1] ?? 0
    offices[i] = offices[i - 1] ?? -1
  }
  gains[i] = gain
  offices[i] = to
  return best.count < gains.length ? 0 : (gains[best.count - 1] ?? 0)
}
