import type { Model, Problem } from './model.ts'
import { addArc, type Network } from './network.ts'
import { buildTree } from './tree.ts'

/** Arcs wanted in the tree, and arcs outside it at their capacity. */
export type Basis = { tree: number[]; full: number[] }

/** The basis the network stands on. */
export function takeBasis({ net }: Model): Basis {
  const full: number[] = []
  for (let arc = 0; arc < net.arcs; arc++) if (net.state[arc] === -1) full.push(arc)
  return { tree: [...net.tree.arc.subarray(1)], full }
}

/**
 * Starts the network from a basis: its arcs are taken as far as they make no circle, `spare` ones fill the gaps, flows follow
 * from today's supplies; where they do not fit, the branch is cut off and hung on the root by an arc so dear that it
 * empties again. What the basis says can make solving longer, never wrong.
 */
export function startFrom({ units }: Problem, model: Model, basis: Basis, spare: readonly number[]): void {
  const { net } = model
  const order = spanTree(net, basis.tree, spare)
  net.flow.fill(0)
  net.state.fill(1, 0, net.arcs)
  const excess = Float64Array.from(model.inflow)
  for (let node = 1; node < net.nodes; node++) net.state[net.tree.arc[node] ?? 0] = 0
  for (const arc of basis.full) {
    const capacity = net.capacity[arc] ?? 0
    if (net.state[arc] !== 1 || !Number.isFinite(capacity)) continue
    const [source, target] = [net.source[arc] ?? 0, net.target[arc] ?? 0]
    net.state[arc] = -1
    net.flow[arc] = capacity
    excess[source] = (excess[source] ?? 0) - capacity
    excess[target] = (excess[target] ?? 0) + capacity
  }
  const dear = units.stuck * model.scale * 4
  for (let i = net.nodes - 1; i > 0; i--) settleNode(net, order[i] ?? 0, excess, dear)
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

/** Parents and arcs over the arcs given, as far as they make no circle. Returns the nodes from the root down. */
function spanTree(net: Network, ...wanted: readonly (readonly number[])[]): Int32Array {
  const joins = chooseArcs(net, wanted)
  const first = new Int32Array(net.nodes + 2)
  for (const ends of [net.source, net.target])
    joins.forEach((arc) => {
      const node = ends[arc] ?? 0
      first[node + 2] = (first[node + 2] ?? 0) + 1
    })
  for (let node = 1; node < first.length; node++) first[node] = (first[node] ?? 0) + (first[node - 1] ?? 0)
  const ways = new Int32Array(joins.length * 2)
  for (const ends of [net.source, net.target])
    joins.forEach((arc) => {
      const node = ends[arc] ?? 0
      const place = first[node + 1] ?? 0
      ways[place] = arc
      first[node + 1] = place + 1
    })
  const order = new Int32Array(net.nodes)
  const { parent, arc: arcOf } = net.tree
  arcOf[0] = -1
  let known = 1
  for (let i = 0; i < known; i++) {
    const node = order[i] ?? 0
    for (let w = first[node] ?? 0; w < (first[node + 1] ?? 0); w++) {
      const arc = ways[w] ?? 0
      if (arc === arcOf[node]) continue
      const other = net.source[arc] === node ? (net.target[arc] ?? 0) : (net.source[arc] ?? 0)
      parent[other] = node
      arcOf[other] = arc
      order[known++] = other
    }
  }
  return order
}

/** The arcs in their order that join two parts not yet joined. */
function chooseArcs(net: Network, wanted: readonly (readonly number[])[]): Int32Array {
  const root = Int32Array.from({ length: net.nodes }, (_, node) => node)
  const findRoot = (node: number): number => {
    let at = node
    while (root[at] !== at) {
      root[at] = root[root[at] ?? at] ?? at
      at = root[at] ?? at
    }
    return at
  }
  const joins = new Int32Array(net.nodes - 1)
  let count = 0
  for (const arcs of wanted)
    for (const arc of arcs) {
      const a = findRoot(net.source[arc] ?? 0)
      const b = findRoot(net.target[arc] ?? 0)
      if (a === b) continue
      root[a] = b
      joins[count++] = arc
    }
  return joins
}
