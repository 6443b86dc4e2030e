import type { Kind, Supply, WorkClasses } from '../nation/classes.ts'
import type { UnitCosts } from '../nation/costs.ts'
import type { Limit } from '../nation/limits.ts'
import { BUCKETS, type Nation } from '../nation/nation.ts'
import { isPairOpen, listBlocks, type Rulebook } from '../nation/rules.ts'
import { SnapshotError } from '../snapshot.ts'
import { addArc, makeNetwork, type Network } from './network.ts'
import { buildTree } from './tree.ts'

/** Everything known of the nation today, by index. */
export type Problem = { nation: Nation; book: Rulebook; limits: Limit[]; classes: WorkClasses; units: UnitCosts }

/** A minute of a supply sent to a pool of another office. */
export type Transfer = { arc: number; supply: number; pool: number }

/**
 * The network: supply → (pool, delay) → time bucket of the pool → sink. Costs are unit prices × `scale`, and each
 * transfer adds 1: among equal plans the fewest moved minutes win, as `scale` is above the supplies any cycle can pass.
 */
export type Model = {
  net: Network
  scale: number
  /** Node of each supply; -1 when its minutes enter at its only home pool or there is no way on for it at all. */
  supplyNode: Int32Array
  /** Node of (pool, delay) at pool × delays + delay; -1 where none. */
  poolNode: Int32Array
  /** Node of time bucket t of pool p at p × BUCKETS + t; -1 where it has no minutes. */
  bucketNode: Int32Array
  /** Arc to the sink of a supply that cannot stay at home; -1 where none. */
  stuckArc: Int32Array
  transfers: Transfer[]
  /** By kind, at from × offices + to: 1 when work of the kind may go. */
  open: Uint8Array[]
  /** Minutes entering at each node, and each node's arc in the starting tree. */
  inflow: Float64Array
  home: Int32Array
}

export function buildModel(problem: Problem): Model {
  const { classes } = problem
  const open = classes.kinds.map((kind) => findOpenPairs(problem, kind))
  const nodes = numberNodes(problem, open)
  const net = makeNetwork(nodes.count, nodes.count * 12)
  const model: Model = {
    net,
    scale: 2 ** Math.ceil(Math.log2(classes.supplies.length + 2)),
    supplyNode: nodes.supplyNode,
    poolNode: nodes.poolNode,
    bucketNode: nodes.bucketNode,
    stuckArc: new Int32Array(classes.supplies.length).fill(-1),
    transfers: [],
    open,
    inflow: new Float64Array(nodes.count),
    home: new Int32Array(),
  }
  checkRange(problem, model)
  const inflow = model.inflow
  addBucketArcs(problem, model)
  addWaitArcs(problem, model)
  classes.supplies.forEach((supply, s) => {
    addHomeArcs(problem, model, supply, s, inflow)
  })
  model.home = Int32Array.from(net.tree.arc)
  resetFlow(model)
  return model
}

/** Everything waits at home in the last bucket again: a tree of arcs towards the sink, none of them full. */
export function resetFlow({ net, home, inflow }: Model): void {
  const { parent, arc } = net.tree
  net.flow.fill(0)
  net.state.fill(1, 0, net.arcs)
  for (let node = 1; node < net.nodes; node++) {
    arc[node] = home[node] ?? 0
    parent[node] = net.target[arc[node] ?? 0] ?? 0
  }
  inflow.forEach((minutes, node) => {
    for (let u = node; u !== 0 && minutes > 0; u = parent[u] ?? 0) {
      const e = arc[u] ?? 0
      net.flow[e] = (net.flow[e] ?? 0) + minutes
    }
  })
  buildTree(net)
}

/** Costs are kept in doubles; beyond 2^53 they would no longer be whole. */
function checkRange({ units }: Problem, { scale, net }: Model): void {
  if (units.stuck * scale * 4 + net.nodes * scale > Number.MAX_SAFE_INTEGER)
    throw new SnapshotError('costs', 'costs and weights are too large to be reckoned exactly')
}

/** Where work of a kind may go, from each office to each capable one. */
export function findOpenPairs({ nation, book }: Problem, kind: Kind): Uint8Array {
  const n = nation.offices.length
  const open = new Uint8Array(n * n)
  for (const to of kind.poolsAt.keys())
    for (let from = 0; from < n; from++)
      if (
        from !== to &&
        isPairOpen(book, nation, from, to) &&
        listBlocks(book, nation, from, to, kind.benefit).length === 0
      )
        open[from * n + to] = 1
  return open
}

type Nodes = { count: number; bucketNode: Int32Array; poolNode: Int32Array; supplyNode: Int32Array }

/** Node 0 is the sink; buckets, then pools by delay, then supplies. A node stands only where flow can come. */
function numberNodes({ nation, classes }: Problem, open: readonly Uint8Array[]): Nodes {
  const n = nation.offices.length
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
  for (const supply of classes.supplies)
    for (const [office, pools] of classes.kinds[supply.kind]?.poolsAt ?? []) {
      const reached =
        office === supply.office || (supply.mayLeave && open[supply.kind]?.[supply.office * n + office] === 1)
      if (reached)
        for (const pool of pools) {
          const at = pool * delays + supply.delay
          if (nodes.poolNode[at] === -1) nodes.poolNode[at] = nodes.count++
        }
    }
  classes.supplies.forEach((supply, s) => {
    const poolsAt = classes.kinds[supply.kind]?.poolsAt ?? new Map<number, number[]>()
    const isOpen = (to: number): boolean => supply.mayLeave && open[supply.kind]?.[supply.office * n + to] === 1
    const home = poolsAt.get(supply.office)?.length ?? 0
    if (home > 1 || [...poolsAt.keys()].some(isOpen)) nodes.supplyNode[s] = nodes.count++
  })
  return nodes
}

function addBucketArcs({ nation }: Problem, { net, bucketNode }: Model): void {
  nation.pools.forEach((pool, p) => {
    pool.minutes.forEach((minutes, t) => {
      const node = bucketNode[p * BUCKETS + t] ?? -1
      if (node >= 0) hang(net, node, addArc(net, node, 0, 0, minutes))
    })
  })
}

function addWaitArcs({ nation, classes, units }: Problem, { net, poolNode, bucketNode, scale }: Model): void {
  const delays = classes.delays.length
  for (let p = 0; p < nation.pools.length; p++)
    for (let delay = 0; delay < delays; delay++) {
      const node = poolNode[p * delays + delay] ?? -1
      if (node < 0) continue
      for (let t = 0; t < BUCKETS; t++) {
        const bucket = bucketNode[p * BUCKETS + t] ?? -1
        if (bucket < 0) continue
        hang(net, node, addArc(net, node, bucket, (units.wait[delay]?.[t] ?? 0) * scale, Number.POSITIVE_INFINITY))
      }
    }
}

function addHomeArcs({ classes, units }: Problem, model: Model, supply: Supply, s: number, inflow: Float64Array): void {
  const { net, scale } = model
  const node = model.supplyNode[s] ?? -1
  const home = classes.kinds[supply.kind]?.poolsAt.get(supply.office) ?? []
  const targets = home.map((pool) => model.poolNode[pool * classes.delays.length + supply.delay] ?? -1)
  if (node < 0) {
    // Bound work with one home pool enters there; without any it is stuck whatever happens, and no part of the network.
    const only = targets[0]
    if (only !== undefined) inflow[only] = (inflow[only] ?? 0) + supply.minutes
    return
  }
  inflow[node] = supply.minutes
  for (const target of targets) hang(net, node, addArc(net, node, target, 0, Number.POSITIVE_INFINITY))
  if (targets.length === 0) {
    const arc = addArc(net, node, 0, units.stuck * scale, Number.POSITIVE_INFINITY)
    model.stuckArc[s] = arc
    hang(net, node, arc)
  }
}

/** The last arc hung is the one to the parent: for a pool its endless bucket, so that the start can hold any flow. */
function hang(net: Network, node: number, arc: number): void {
  net.tree.arc[node] = arc
}
