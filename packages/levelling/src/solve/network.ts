/**
 * A minimum-cost flow with a spanning tree as its basis. Node 0 is the root and the sink. Flows, costs and potentials
 * are whole numbers kept in doubles. State of an arc: 0 in the tree, 1 at zero, -1 at its capacity.
 */
export type Network = {
  nodes: number
  arcs: number
  source: Int32Array
  target: Int32Array
  cost: Float64Array
  capacity: Float64Array
  flow: Float64Array
  state: Int8Array
  tree: Tree
  /** Where the search for an entering arc goes on: part of the fixed pivot order. */
  nextArc: number
}

/** The basis: parents, the arc to the parent (`up` = 1 when it points to it), preorder thread, subtree sizes, potentials. */
export type Tree = {
  parent: Int32Array
  arc: Int32Array
  up: Int8Array
  thread: Int32Array
  back: Int32Array
  size: Int32Array
  last: Int32Array
  potential: Float64Array
  dirty: Int32Array
}

export function makeNetwork(nodes: number, room: number): Network {
  return {
    nodes,
    arcs: 0,
    source: new Int32Array(room),
    target: new Int32Array(room),
    cost: new Float64Array(room),
    capacity: new Float64Array(room),
    flow: new Float64Array(room),
    state: new Int8Array(room),
    tree: {
      parent: new Int32Array(nodes).fill(-1),
      arc: new Int32Array(nodes).fill(-1),
      up: new Int8Array(nodes),
      thread: new Int32Array(nodes),
      back: new Int32Array(nodes),
      size: new Int32Array(nodes),
      last: new Int32Array(nodes),
      potential: new Float64Array(nodes),
      dirty: new Int32Array(nodes),
    },
    nextArc: 0,
  }
}

/** Adds an arc at zero flow and returns its index; the arc set only grows, so indices stay. */
export function addArc(net: Network, source: number, target: number, cost: number, capacity: number): number {
  if (net.arcs === net.source.length) growArcs(net)
  const arc = net.arcs++
  net.source[arc] = source
  net.target[arc] = target
  net.cost[arc] = cost
  net.capacity[arc] = capacity
  net.flow[arc] = 0
  net.state[arc] = 1
  return arc
}

function growArcs(net: Network): void {
  const room = Math.max(1024, Math.ceil(net.source.length * 1.25))
  const grow = <T extends Int32Array | Float64Array | Int8Array>(wide: T, old: T): T => {
    wide.set(old)
    return wide
  }
  net.source = grow(new Int32Array(room), net.source)
  net.target = grow(new Int32Array(room), net.target)
  net.cost = grow(new Float64Array(room), net.cost)
  net.capacity = grow(new Float64Array(room), net.capacity)
  net.flow = grow(new Float64Array(room), net.flow)
  net.state = grow(new Int8Array(room), net.state)
}
