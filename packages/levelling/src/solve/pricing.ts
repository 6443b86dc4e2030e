import { addTransfer, keyTransfer, type Model, type Problem } from './model.ts'
import { solve } from './simplex.ts'

/** New arcs a supply may get in one round. */
const ARCS_PER_ROUND = 3

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
  const sending = priceSending(problem, model, surcharge)
  let pivots = solve(model.net)
  while (addPayingArcs(problem, model, sending, surcharge) > 0) pivots += solve(model.net)
  return pivots
}

/** The cheapest way on for a minute of each kind and delay at each office, from the potentials of the last solve. */
export function findPrices({ classes, nation }: Problem, { net, poolNode }: Model): Prices {
  const n = nation.offices.length
  const delays = classes.delays.length
  const price = new Float64Array(classes.kinds.length * delays * n).fill(Number.POSITIVE_INFINITY)
  const pool = new Int32Array(price.length).fill(-1)
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
  return { price, pool }
}

/** Scaled cost of a minute's way by from × offices + to; Infinity where it is closed. */
function priceSending({ units }: Problem, { pairOpen, scale }: Model, surcharge: Surcharge | undefined): Float64Array {
  return units.move.map((move, way) =>
    pairOpen[way] === 1 ? (move + (surcharge?.[way] ?? 0)) * scale + 1 : Number.POSITIVE_INFINITY,
  )
}

function addPayingArcs(
  problem: Problem,
  model: Model,
  sending: Float64Array,
  surcharge: Surcharge | undefined,
): number {
  const { nation, classes } = problem
  const { potential } = model.net.tree
  const n = nation.offices.length
  const { price, pool } = findPrices(problem, model)
  const gains = new Float64Array(ARCS_PER_ROUND)
  const best = new Int32Array(ARCS_PER_ROUND)
  let added = 0
  classes.supplies.forEach(({ office, kind, delay, mayLeave }, s) => {
    const node = model.supplyNode[s] ?? -1
    if (!mayLeave || node < 0) return
    const now = -(potential[node] ?? 0)
    const base = (kind * classes.delays.length + delay) * n
    const row = office * n
    gains.fill(0)
    best.fill(-1)
    for (const to of classes.kinds[kind]?.takers ?? []) {
      const gain = now - (price[base + to] as number) - (sending[row + to] as number)
      if (gain > (gains[ARCS_PER_ROUND - 1] as number)) insertBest(gains, best, gain, to)
    }
    for (const to of best) {
      const p = pool[base + to] ?? -1
      if (to < 0 || model.transferIndex.has(keyTransfer(problem, s, p))) continue
      addTransfer(problem, model, s, p, surcharge?.[row + to])
      added += 1
    }
  })
  return added
}

function insertBest(gains: Float64Array, best: Int32Array, gain: number, to: number): void {
  let i = gains.length - 1
  for (; i > 0 && (gains[i - 1] ?? 0) < gain; i--) {
    gains[i] = gains[i - 1] ?? 0
    best[i] = best[i - 1] ?? -1
  }
  gains[i] = gain
  best[i] = to
}
