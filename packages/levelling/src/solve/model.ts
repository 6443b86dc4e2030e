import { isAble, listPoolsAt, type Supply, type WorkClasses } from '../nation/classes.ts'
import type { UnitCosts } from '../nation/costs.ts'
import type { Limit } from '../nation/limits.ts'
import { BUCKETS, type Nation } from '../nation/nation.ts'
import { isPairOpen, type Rulebook } from '../nation/rules.ts'
import { SnapshotError } from '../snapshot.ts'
import { addArc, makeNetwork, type Network } from './network.ts'
import { makeTransfers, putTransfer, type Transfers } from './transfers.ts'

/** Home pools and transfers of a supply, on average, for which there is room from the start. What is not used of it takes no memory. */
const HOMES = 2
const TRANSFERS = 8

/** Everything known of the nation today, by index. */
export type Problem = {
  /** The same for the same snapshot, whatever its rows' other keys. */
  snapshotHash: string
  nation: Nation
  book: Rulebook
  limits: Limit[]
  /** Ways, from × offices + to, on which a limit counts. Work to come is not sent there: nobody knows what is left by then. */
  limited: ReadonlySet<number>
  classes: WorkClasses
  units: UnitCosts
}

/**
 * The network: supply → (pool, delay) → time bucket of the pool → sink. Costs are unit prices × `scale`, and each
 * transfer of open work adds 1: among equal plans that with the fewest minutes moved today wins, as `scale` is above the supplies
 * any cycle can pass.
 */
export type Model = {
  net: Network
  scale: number
  /** Node of each supply; -1 when its minutes enter at its only home pool or there is no way on for it at all. */
  supplyNode: Int32Array
  /** Node of (pool, delay) at pool × delays + delay; -1 where none. */
  poolNode: Int32Array
  /** Arc of time bucket t of pool p to the sink at p × BUCKETS + t; -1 where it has no minutes. */
  bucketArc: Int32Array
  /** Arc from (pool, delay) to bucket at (pool × delays + delay) × BUCKETS + t; -1 where none. */
  waitArc: Int32Array
  /** Arc of each supply to the first of its home pools, the others follow, or to the sink when it has none; -1 where none. */
  homeArc: Int32Array
  transfers: Transfers
  /** At from × offices + to: 1 when rules let work of some benefit go that way. */
  pairOpen: Uint8Array
  /** Minutes entering at each node. */
  inflow: Float64Array
}

export function buildModel(problem: Problem): Model {
  const { classes, nation } = problem
  const pairOpen = listOpenPairs(problem)
  const nodes = numberNodes(problem, pairOpen)
  const pools = nation.pools.length
  const model: Model = {
    net: makeNetwork(nodes.count, countRoom(problem, nodes)),
    scale: 2 ** Math.ceil(Math.log2(classes.supplies.length + 2)),
    supplyNode: nodes.supplyNode,
    poolNode: nodes.poolNode,
    bucketArc: new Int32Array(pools * BUCKETS).fill(-1),
    waitArc: new Int32Array(pools * classes.delays.length * BUCKETS).fill(-1),
    homeArc: new Int32Array(classes.supplies.length).fill(-1),
    transfers: makeTransfers(classes.supplies.length, TRANSFERS),
    pairOpen,
    inflow: new Float64Array(nodes.count),
  }
  checkRange(problem, model)
  addBucketArcs(problem, model, nodes.bucketNode)
  addWaitArcs(problem, model, nodes.bucketNode)
  classes.supplies.forEach((supply, s) => {
    addHomeArcs(problem, model, supply, s)
  })
  return model
}

/** Adds the arc of a transfer that is permitted and not there yet; `surcharge` is its unit price on top. Returns the arc. */
export function addTransfer(problem: Problem, model: Model, supply: number, pool: number, surcharge = 0): number {
  const { nation, classes } = problem
  const from = classes.supplies[supply]
  const way = (from?.office ?? 0) * nation.offices.length + (nation.pools[pool]?.office ?? 0)
  const target = model.poolNode[pool * classes.delays.length + (from?.delay ?? 0)] ?? 0
  const cost = priceTransfer(problem, model, supply, way, surcharge)
  const arc = addArc(model.net, model.supplyNode[supply] ?? 0, target, cost, Number.POSITIVE_INFINITY)
  putTransfer(model.transfers, arc, supply, pool, way)
  return arc
}

export function priceTransfer(
  { classes, units }: Problem,
  { scale }: Pick<Model, 'scale'>,
  supply: number,
  way: number,
  surcharge: number,
): number {
  return ((units.move[way] ?? 0) + surcharge) * scale + (classes.supplies[supply]?.isComing ? 0 : 1)
}

/** Costs are kept in doubles; beyond 2^53 they would no longer be whole. */
function checkRange({ units }: Problem, { scale, net }: Model): void {
  if (units.stuck * scale * 4 + net.nodes * scale > Number.MAX_SAFE_INTEGER)
    throw new SnapshotError('costs', 'costs and weights are too large to be reckoned exactly')
}

function listOpenPairs({ nation, book }: Problem): Uint8Array {
  const n = nation.offices.length
  const open = new Uint8Array(n * n)
  for (let from = 0; from < n; from++)
    for (let to = 0; to < n; to++) if (from !== to && isPairOpen(book, nation, from, to)) open[from * n + to] = 1
  return open
}

/** Arcs there are from the start, and a supply's share of those that may come. */
function countRoom({ classes }: Problem, { bucketNode, poolNode, supplyNode }: Nodes): number {
  let waits = 0
  poolNode.forEach((node, at) => {
    const first = Math.floor(at / classes.delays.length) * BUCKETS
    if (node >= 0) for (let t = first; t < first + BUCKETS; t++) if ((bucketNode[t] ?? -1) >= 0) waits += 1
  })
  return bucketNode.length + waits + (HOMES + TRANSFERS) * supplyNode.length
}

type Nodes = { count: number; bucketNode: Int32Array; poolNode: Int32Array; supplyNode: Int32Array }

/** Node 0 is the sink; buckets, then pools by delay, then supplies. A node stands only where flow may come. */
function numberNodes(problem: Problem, pairOpen: Uint8Array): Nodes {
  const { nation, classes } = problem
  const delays = classes.delays.length
  const nodes: Nodes = {
    count: 1,
    bucketNode: new Int32Array(nation.pools.length * BUCKETS).fill(-1),
    poolNode: new Int32Array(nation.pools.length * delays).fill(-1),
    supplyNode: new Int32Array(classes.supplies.length).fill(-1),
  }
  nation.pools.forEach((pool, p) => {
    pool.minutes.forEach((minutes, t) => {
      if (minutes > 0) nodes.bucketNode[p * BUCKETS + t] = nodes.count++
    })
  })
  const leaves = makeLeaveTest(problem, pairOpen)
  const everywhere = new Uint8Array(classes.kinds.length * delays)
  for (const supply of classes.supplies) {
    const kind = classes.kinds[supply.kind]
    const at = supply.kind * delays + supply.delay
    const far = everywhere[at] === 0 && leaves(supply)
    if (far) everywhere[at] = 1
    for (const pool of far ? (kind?.pools ?? []) : listPoolsAt(kind, supply.office))
      nodes.poolNode[pool * delays + supply.delay] = 0
  }
  // Numbered by pool, so that what belongs together lies together.
  for (let at = 0; at < nodes.poolNode.length; at++) if (nodes.poolNode[at] === 0) nodes.poolNode[at] = nodes.count++
  classes.supplies.forEach((supply, s) => {
    const home = listPoolsAt(classes.kinds[supply.kind], supply.office).length
    if (home > 1 || leaves(supply)) nodes.supplyNode[s] = nodes.count++
  })
  return nodes
}

/** Tells whether any work of the supply has a way out of its office. */
function makeLeaveTest({ nation, classes }: Problem, pairOpen: Uint8Array): (supply: Supply) => boolean {
  const n = nation.offices.length
  const known = new Int8Array(classes.kinds.length * n).fill(-1)
  return ({ kind, office, mayLeave }) => {
    if (!mayLeave) return false
    const at = kind * n + office
    if (known[at] === -1)
      known[at] = classes.kinds[kind]?.takers.some((to) => pairOpen[office * n + to] === 1) === true ? 1 : 0
    return known[at] === 1
  }
}

function addBucketArcs({ nation }: Problem, { net, bucketArc }: Model, bucketNode: Int32Array): void {
  nation.pools.forEach((pool, p) => {
    pool.minutes.forEach((minutes, t) => {
      const node = bucketNode[p * BUCKETS + t] ?? -1
      if (node >= 0) bucketArc[p * BUCKETS + t] = addArc(net, node, 0, 0, minutes)
    })
  })
}

function addWaitArcs({ nation, classes, units }: Problem, model: Model, bucketNode: Int32Array): void {
  const { net, poolNode, waitArc, scale } = model
  const delays = classes.delays.length
  for (let p = 0; p < nation.pools.length; p++)
    for (let delay = 0; delay < delays; delay++) {
      const node = poolNode[p * delays + delay] ?? -1
      if (node < 0) continue
      for (let t = 0; t < BUCKETS; t++) {
        const bucket = bucketNode[p * BUCKETS + t] ?? -1
        const cost = (units.wait[delay]?.[t] ?? 0) * scale
        if (bucket >= 0 && t >= (classes.delays[delay]?.from ?? 0))
          waitArc[(p * delays + delay) * BUCKETS + t] = addArc(net, node, bucket, cost, Number.POSITIVE_INFINITY)
      }
    }
}

function addHomeArcs({ classes, units }: Problem, model: Model, supply: Supply, s: number): void {
  const { net, scale, inflow, homeArc, poolNode } = model
  const node = model.supplyNode[s] ?? -1
  const kind = classes.kinds[supply.kind]
  const targets = listPoolsAt(kind, supply.office).map(
    (pool) => poolNode[pool * classes.delays.length + supply.delay] ?? 0,
  )
  if (node < 0) {
    // Bound work with one home pool enters there; without any it is stuck whatever happens, and no part of the network.
    const only = targets[0]
    if (only !== undefined) inflow[only] = (inflow[only] ?? 0) + supply.minutes
    return
  }
  inflow[node] = supply.minutes
  homeArc[s] = net.arcs
  if (!isAble(kind, supply.office)) addArc(net, node, 0, units.stuck * scale, Number.POSITIVE_INFINITY)
  for (const target of targets) addArc(net, node, target, 0, Number.POSITIVE_INFINITY)
}
