import { BUCKETS } from '../nation/nation.ts'
import type { Model, Problem, Transfer } from './model.ts'
import { addArc, type Network } from './network.ts'
import { buildTree } from './tree.ts'

/**
 * The tree of a solved network by names that outlive the day: `S` supply to pool, `K` supply with nowhere to go, `P` pool
 * and delay to bucket, `B` bucket in the tree, `F` bucket full outside it. Arcs of no meaning tomorrow are left out.
 */
export function writeBasis(problem: Problem, model: Model): string[] {
  const { net, poolNode, bucketNode } = model
  const names = nameNodes(problem, model)
  const lines: string[] = []
  const poolOf = invert(poolNode, net.nodes)
  const bucketOf = invert(bucketNode, net.nodes)
  const stuck = new Set(model.stuckArc)
  for (let arc = 0; arc < net.arcs; arc++) {
    const source = net.source[arc] ?? 0
    const target = net.target[arc] ?? 0
    const name = names.byNode[source]
    if (name === undefined || source === 0) continue
    const inTree = net.state[arc] === 0
    if ((bucketOf[source] ?? -1) >= 0 && (inTree || net.state[arc] === -1)) lines.push(`${inTree ? 'B' : 'F'} ${name}`)
    else if (inTree && (poolOf[source] ?? -1) >= 0 && target !== 0) lines.push(`P ${name} ${names.byNode[target]}`)
    else if (inTree && (poolOf[target] ?? -1) >= 0) lines.push(`S ${name} ${names.byNode[target]}`)
    else if (inTree && stuck.has(arc)) lines.push(`K ${name}`)
  }
  return lines
}

/**
 * Starts the network from an earlier plan's tree: arcs known by name are taken, the starting tree fills the gaps, flows
 * follow from today's supplies; where they do not fit, the branch is cut off and hung on the root by an arc so dear that
 * it empties again. What the basis says can make solving longer, never wrong.
 */
export function loadBasis(problem: Problem, model: Model, lines: readonly string[]): void {
  const { net } = model
  const taken = findArcs(problem, model, lines)
  const full = new Set(taken.full)
  const { order } = spanTree(model, taken.tree)
  net.flow.fill(0)
  net.state.fill(1, 0, net.arcs)
  const excess = Float64Array.from(model.inflow)
  const inTree = new Set(net.tree.arc)
  for (const arc of full) {
    if (inTree.has(arc)) continue
    const source = net.source[arc] ?? 0
    net.state[arc] = -1
    net.flow[arc] = net.capacity[arc] ?? 0
    excess[source] = (excess[source] ?? 0) - (net.capacity[arc] ?? 0)
  }
  const dear = problem.units.stuck * model.scale * 4
  for (let i = order.length - 1; i > 0; i--) settleNode(net, order[i] ?? 0, excess, dear)
  buildTree(net)
}

/** Gives a node's tree arc the flow its branch needs, or cuts it off when that does not fit or leaves no room to push. */
function settleNode(net: Network, node: number, excess: Float64Array, dear: number): void {
  const arc = net.tree.arc[node] ?? 0
  const parent = net.tree.parent[node] ?? 0
  const up = net.source[arc] === node
  const wanted = up ? (excess[node] ?? 0) : -(excess[node] ?? 0)
  const capacity = net.capacity[arc] ?? 0
  const flow = Math.min(Math.max(0, wanted), capacity)
  const fits = flow === wanted && (up ? flow < capacity : flow > 0)
  net.flow[arc] = flow
  const passed = up ? flow : -flow
  excess[parent] = (excess[parent] ?? 0) + passed
  if (fits) return
  net.state[arc] = flow > 0 && flow === capacity ? -1 : 1
  const rest = (excess[node] ?? 0) - passed
  const spare = addArc(net, rest >= 0 ? node : 0, rest >= 0 ? 0 : node, dear, Number.POSITIVE_INFINITY)
  net.flow[spare] = Math.abs(rest)
  net.tree.arc[node] = spare
  net.tree.parent[node] = 0
}

/** Parents and arcs over the arcs given, as far as they make no circle, then over the arcs of the starting tree. */
function spanTree({ net, home }: Model, arcs: readonly number[]): { order: number[] } {
  const root = Int32Array.from({ length: net.nodes }, (_, node) => node)
  const findRoot = (node: number): number => {
    let at = node
    while (root[at] !== at) {
      root[at] = root[root[at] ?? at] ?? at
      at = root[at] ?? at
    }
    return at
  }
  const ways: number[][] = Array.from({ length: net.nodes }, () => [])
  for (const arc of [...arcs, ...home.subarray(1)]) {
    const [a, b] = [net.source[arc] ?? 0, net.target[arc] ?? 0]
    const [ra, rb] = [findRoot(a), findRoot(b)]
    if (ra === rb) continue
    root[ra] = rb
    ways[a]?.push(arc)
    ways[b]?.push(arc)
  }
  const order = [0]
  const seen = new Uint8Array(net.nodes)
  seen[0] = 1
  for (let i = 0; i < order.length; i++) {
    const node = order[i] ?? 0
    for (const arc of ways[node] ?? []) {
      const other = net.source[arc] === node ? (net.target[arc] ?? 0) : (net.source[arc] ?? 0)
      if (seen[other] === 1) continue
      seen[other] = 1
      net.tree.parent[other] = node
      net.tree.arc[other] = arc
      order.push(other)
    }
  }
  return { order }
}

function findArcs(problem: Problem, model: Model, lines: readonly string[]): { tree: number[]; full: number[] } {
  const { net } = model
  const { byName } = nameNodes(problem, model)
  const known = new Map<number, number>()
  for (let arc = 0; arc < net.arcs; arc++) known.set((net.source[arc] ?? 0) * net.nodes + (net.target[arc] ?? 0), arc)
  const tree: number[] = []
  const full: number[] = []
  const transfers = makeTransferFinder(problem, model)
  for (const line of lines) {
    const [what, from = '', to] = line.split(' ')
    const source = byName.get(from)
    const target = to === undefined ? 0 : byName.get(to)
    if (source === undefined || target === undefined) continue
    const arc = known.get(source * net.nodes + target) ?? (what === 'S' ? transfers(source, target) : undefined)
    if (arc === undefined) continue
    if (what !== 'F') tree.push(arc)
    else if (Number.isFinite(net.capacity[arc])) full.push(arc)
  }
  return { tree, full }
}

/** Adds the transfer between two nodes when it is permitted today. */
function makeTransferFinder(problem: Problem, model: Model): (source: number, target: number) => number | undefined {
  const { nation, classes, units } = problem
  const n = nation.offices.length
  const supplyOf = invert(model.supplyNode, model.net.nodes)
  const poolOf = invert(model.poolNode, model.net.nodes)
  return (source, target) => {
    const s = supplyOf[source] ?? -1
    const at = poolOf[target] ?? -1
    const supply = classes.supplies[s]
    if (supply === undefined || at < 0 || !supply.mayLeave) return undefined
    const pool = Math.floor(at / classes.delays.length)
    if (at % classes.delays.length !== supply.delay) return undefined
    const office = nation.pools[pool]?.office ?? -1
    const able = classes.kinds[supply.kind]?.poolsAt.get(office)?.includes(pool) ?? false
    const way = supply.office * n + office
    if (!able || model.open[supply.kind]?.[way] !== 1) return undefined
    const cost = (units.move[way] ?? 0) * model.scale + 1
    const transfer: Transfer = { arc: addArc(model.net, source, target, cost, Infinity), supply: s, pool }
    model.transfers.push(transfer)
    return transfer.arc
  }
}

type Names = { byNode: (string | undefined)[]; byName: Map<string, number> }

/** Names without blanks: office, kind or place of the pool in its office, delay, bucket. */
function nameNodes({ nation, classes }: Problem, { net, supplyNode, poolNode, bucketNode }: Model): Names {
  const names: Names = { byNode: Array.from({ length: net.nodes }), byName: new Map() }
  const put = (node: number | undefined, ...parts: (string | number | boolean | undefined)[]): void => {
    if (node === undefined || node < 0) return
    const name = parts.map((part) => encodeURIComponent(String(part))).join('/')
    names.byNode[node] = name
    names.byName.set(name, node)
  }
  const office = (index: number): string => nation.offices[index]?.id ?? ''
  const delays = classes.delays.map(({ slack, weight }) => `${slack}x${weight}`)
  const count = new Map<number, number>()
  nation.pools.forEach((pool, p) => {
    const place = count.get(pool.office) ?? 0
    count.set(pool.office, place + 1)
    for (let t = 0; t < BUCKETS; t++) put(bucketNode[p * BUCKETS + t], office(pool.office), place, t)
    delays.forEach((delay, d) => {
      put(poolNode[p * delays.length + d], office(pool.office), place, delay)
    })
  })
  classes.supplies.forEach((supply, s) => {
    const kind = classes.kinds[supply.kind]?.name
    put(supplyNode[s], office(supply.office), kind, delays[supply.delay], supply.mayLeave)
  })
  return names
}

/** For each node the index it stands at; -1 where none. */
function invert(nodeOf: Int32Array, nodes: number): Int32Array {
  const index = new Int32Array(nodes).fill(-1)
  nodeOf.forEach((node, at) => {
    if (node >= 0) index[node] = at
  })
  return index
}
