import type { Network } from './network.ts'
import { applyPivot, findJoin } from './tree.ts'

/** Pivots allowed per node and arc; reached only by a fault, for the tree is kept strongly feasible. */
const PIVOTS_PER_ARC = 200

/** Pivots until no arc improves. Throws when the pivot limit is passed. Returns the number of pivots. */
export function solve(net: Network): number {
  const limit = PIVOTS_PER_ARC * (net.arcs + net.nodes)
  for (let pivots = 0; ; pivots++) {
    const entering = findEntering(net)
    if (entering < 0) return pivots
    if (pivots >= limit) throw new Error(`network simplex: no end after ${limit} pivots`)
    pivot(net, entering)
  }
}

/** Block search: the best arc of the first block that holds one worth entering, going round from where it stopped. */
function findEntering(net: Network): number {
  const { source, target, cost, state, arcs } = net
  const { potential } = net.tree
  const block = Math.max(20, Math.floor(Math.sqrt(arcs)))
  let best = -1
  let bestPrice = 0
  let arc = net.nextArc < arcs ? net.nextArc : 0
  for (let seen = 0; seen < arcs && best < 0; ) {
    const end = Math.min(arc + block, arcs)
    seen += end - arc
    for (; arc < end; arc++) {
      // An arc in the tree has state 0, and so its price: to ask for the state first would take longer.
      const price =
        (state[arc] as number) *
        ((cost[arc] as number) +
          (potential[source[arc] as number] as number) -
          (potential[target[arc] as number] as number))
      if (price < bestPrice) {
        bestPrice = price
        best = arc
      }
    }
    if (arc === arcs) arc = 0
  }
  net.nextArc = arc
  return best
}

/** Sends as much as possible round the cycle of the entering arc and exchanges it with the arc that stops it. */
function pivot(net: Network, entering: number): void {
  const { source, target, capacity, flow, state } = net
  const { parent, arc, up } = net.tree
  const lower = state[entering] === 1
  const first = (lower ? source[entering] : target[entering]) as number
  const second = (lower ? target[entering] : source[entering]) as number
  const join = findJoin(net.tree, source[entering] as number, target[entering] as number)
  let delta = capacity[entering] as number
  let leaving = -1
  let onFirst = false
  for (let u = first; u !== join; u = parent[u] as number) {
    const e = arc[u] as number
    const room = up[u] === 1 ? (flow[e] as number) : (capacity[e] as number) - (flow[e] as number)
    if (room < delta) {
      delta = room
      leaving = u
      onFirst = true
    }
  }
  // The last blocking arc of the second side wins ties: this keeps the tree strongly feasible, so it cannot cycle.
  for (let u = second; u !== join; u = parent[u] as number) {
    const e = arc[u] as number
    const room = up[u] === 1 ? (capacity[e] as number) - (flow[e] as number) : (flow[e] as number)
    if (room <= delta) {
      delta = room
      leaving = u
      onFirst = false
    }
  }
  if (delta > 0) shiftFlow(net, entering, join, (state[entering] as number) * delta)
  if (leaving < 0) {
    state[entering] = lower ? -1 : 1
    return
  }
  const out = arc[leaving] as number
  state[entering] = 0
  state[out] = flow[out] === 0 ? 1 : -1
  applyPivot(net, entering, join, leaving, onFirst ? first : second, onFirst ? second : first)
}

function shiftFlow(net: Network, entering: number, join: number, amount: number): void {
  const { source, target, flow } = net
  const { parent, arc, up } = net.tree
  flow[entering] = (flow[entering] as number) + amount
  for (let u = source[entering] as number; u !== join; u = parent[u] as number) {
    const e = arc[u] as number
    flow[e] = (flow[e] as number) - (up[u] as number) * amount
  }
  for (let u = target[entering] as number; u !== join; u = parent[u] as number) {
    const e = arc[u] as number
    flow[e] = (flow[e] as number) + (up[u] as number) * amount
  }
}
