import { BUCKETS } from '../nation/nation.ts'
import type { Model, Problem, Transfer } from './model.ts'
import { addArc } from './network.ts'
import { solve } from './simplex.ts'

/** New arcs a supply may get in one round. */
const ARCS_PER_ROUND = 3

/** What a minute still costs once it lies with a pool: cheapest pool and price by kind, delay and office. */
export type Prices = {
  /** Scaled price at (kind × delays + delay) × offices + office; Infinity where nobody can do it. */
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
  const known = new Set(model.transfers.map(({ supply, pool }) => nameTransfer(problem, supply, pool)))
  let pivots = solve(model.net)
  while (addPayingArcs(problem, model, known, surcharge) > 0) pivots += solve(model.net)
  return pivots
}

/**
 * The cheapest way on for a minute of each kind and delay at each office, from the potentials of the last solve. With
 * `everywhere` also where no work can come today, so that an explanation can say what it would have cost.
 */
export function findPrices(problem: Problem, model: Model, everywhere = false): Prices {
  const { classes, nation } = problem
  const n = nation.offices.length
  const delays = classes.delays.length
  const price = new Float64Array(classes.kinds.length * delays * n).fill(Number.POSITIVE_INFINITY)
  const pool = new Int32Array(price.length).fill(-1)
  classes.kinds.forEach((kind, k) => {
    for (let delay = 0; delay < delays; delay++)
      for (const [office, pools] of kind.poolsAt)
        for (const p of pools) {
          const at = (k * delays + delay) * n + office
          const node = model.poolNode[p * delays + delay] ?? -1
          const cost =
            node >= 0 ? -(model.net.tree.potential[node] ?? 0) : priceBuckets(problem, model, p, delay, everywhere)
          if (cost < (price[at] ?? 0)) {
            price[at] = cost
            pool[at] = p
          }
        }
  })
  return { price, pool }
}

function priceBuckets({ units }: Problem, model: Model, pool: number, delay: number, everywhere: boolean): number {
  let best = Number.POSITIVE_INFINITY
  for (let t = 0; everywhere && t < BUCKETS; t++) {
    const node = model.bucketNode[pool * BUCKETS + t] ?? -1
    const wait = (units.wait[delay]?.[t] ?? 0) * model.scale
    if (node >= 0) best = Math.min(best, wait - (model.net.tree.potential[node] ?? 0))
  }
  return best
}

/** The way of a transfer: from × offices + to. */
export function wayOf({ nation, classes }: Problem, transfer: Transfer | undefined): number {
  if (transfer === undefined) throw new RangeError('no such transfer')
  const from = classes.supplies[transfer.supply]?.office ?? 0
  return from * nation.offices.length + (nation.pools[transfer.pool]?.office ?? 0)
}

function nameTransfer({ nation }: Problem, supply: number, pool: number): number {
  return supply * nation.pools.length + pool
}

function addPayingArcs(problem: Problem, model: Model, known: Set<number>, surcharge: Surcharge | undefined): number {
  const { nation, classes, units } = problem
  const { net, scale } = model
  const n = nation.offices.length
  const delays = classes.delays.length
  const { price, pool } = findPrices(problem, model)
  let added = 0
  classes.supplies.forEach((supply, s) => {
    const node = model.supplyNode[s] ?? -1
    if (!supply.mayLeave || node < 0) return
    const open = model.open[supply.kind] ?? new Uint8Array()
    const best: { gain: number; to: number }[] = []
    const now = -(net.tree.potential[node] ?? 0)
    const base = (supply.kind * delays + supply.delay) * n
    for (const to of classes.kinds[supply.kind]?.poolsAt.keys() ?? []) {
      const way = supply.office * n + to
      if (open[way] !== 1) continue
      const gain = now - (price[base + to] ?? 0) - (units.move[way] ?? 0) * scale - 1 - (surcharge?.[way] ?? 0) * scale
      if (gain > 0) insertBest(best, { gain, to })
    }
    for (const { to } of best) {
      const p = pool[base + to] ?? -1
      const name = nameTransfer(problem, s, p)
      if (known.has(name)) continue
      known.add(name)
      const way = supply.office * n + to
      const cost = (units.move[way] ?? 0) * scale + 1 + (surcharge?.[way] ?? 0) * scale
      const target = model.poolNode[p * delays + supply.delay] ?? -1
      model.transfers.push({ arc: addArc(net, node, target, cost, Number.POSITIVE_INFINITY), supply: s, pool: p })
      added += 1
    }
  })
  return added
}

function insertBest(best: { gain: number; to: number }[], one: { gain: number; to: number }): void {
  let i = best.length
  while (i > 0 && (best[i - 1]?.gain ?? 0) < one.gain) i--
  best.splice(i, 0, one)
  if (best.length > ARCS_PER_ROUND) best.pop()
}
