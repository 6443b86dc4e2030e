import type { Network, Tree } from './network.ts'

/** The lowest node above both. Subtree sizes tell which side is deeper in. */
export function findJoin(tree: Tree, a: number, b: number): number {
  const { parent, size } = tree
  let u = a
  let v = b
  while (u !== v) {
    if ((size[u] as number) < (size[v] as number)) u = parent[u] as number
    else v = parent[v] as number
  }
  return u
}

/**
 * Lays thread, sizes and potentials over the parents and arcs already set; node 0 is the root. The caller sets `parent`
 * and `arc` of every other node; their arcs get state 0.
 */
export function buildTree(net: Network): void {
  const { parent, arc, up, thread, back, size, last } = net.tree
  const order = listPreorder(net.tree, net.nodes)
  for (let i = 0; i < order.length; i++) {
    const u = order[i] as number
    const next = order[i + 1] ?? 0
    thread[u] = next
    back[next] = u
    size[u] = 1
    last[u] = u
    if (u === 0) continue
    const e = arc[u] as number
    up[u] = net.source[e] === u ? 1 : -1
    net.state[e] = 0
  }
  for (let i = order.length - 1; i > 0; i--) {
    const u = order[i] as number
    const p = parent[u] as number
    size[p] = (size[p] as number) + (size[u] as number)
    if (last[p] === p) last[p] = last[u] as number
  }
  computePotentials(net)
}

function listPreorder({ parent }: Tree, nodes: number): Int32Array {
  const child = new Int32Array(nodes).fill(-1)
  const sibling = new Int32Array(nodes).fill(-1)
  for (let u = nodes - 1; u > 0; u--) {
    const p = parent[u] as number
    sibling[u] = child[p] as number
    child[p] = u
  }
  const order = new Int32Array(nodes)
  const stack = new Int32Array(nodes)
  let count = 0
  let open = 1
  while (open > 0) {
    const u = stack[--open] as number
    order[count++] = u
    for (let next = child[u] as number; next >= 0; next = sibling[next] as number) stack[open++] = next
  }
  if (count !== nodes) throw new Error('network simplex: the starting basis is not a tree')
  return order
}

/** Potentials from the root down, along the thread; needed again whenever costs change. */
export function computePotentials(net: Network): void {
  const { parent, arc, up, thread, potential } = net.tree
  potential[0] = 0
  for (let u = thread[0] as number; u !== 0; u = thread[u] as number)
    potential[u] =
      (potential[parent[u] as number] as number) - (up[u] as number) * (net.cost[arc[u] as number] as number)
}

/**
 * Cuts the subtree below `out` off and hangs it, turned to stand on `uIn`, under `vIn` by the entering arc; thread, sizes
 * and potentials follow. After the textbook (Ahuja, Magnanti, Orlin, Network Flows, 11.3) with a preorder thread.
 */
export function applyPivot(net: Network, entering: number, join: number, out: number, uIn: number, vIn: number): void {
  const tree = net.tree
  const { parent, arc, up, thread, back, size, last } = tree
  const before = { back: back[out] as number, size: size[out] as number, last: last[out] as number }
  const vOut = parent[out] as number
  if (uIn === out) {
    parent[uIn] = vIn
    if (thread[vIn] !== out) moveBranch(tree, out, vIn, before)
  } else {
    turnStem(tree, out, uIn, vIn, before)
    size[uIn] = before.size
  }
  arc[uIn] = entering
  up[uIn] = net.source[entering] === uIn ? 1 : -1
  updateLasts(tree, join, out, vIn, vOut, before)
  for (let u = vIn; u !== join; u = parent[u] as number) size[u] = (size[u] as number) + before.size
  for (let u = vOut; u !== join; u = parent[u] as number) size[u] = (size[u] as number) - before.size
  shiftPotentials(net, uIn, vIn, entering)
}

type Before = { back: number; size: number; last: number }

/** The branch keeps its shape and only changes its place in the thread. */
function moveBranch({ thread, back }: Tree, out: number, vIn: number, before: Before): void {
  let after = thread[before.last] as number
  thread[before.back] = after
  back[after] = before.back
  after = thread[vIn] as number
  thread[vIn] = out
  back[out] = vIn
  thread[before.last] = after
  back[after] = before.last
}

/** Reverses the path from `uIn` up to `out`; each node of it becomes the child of the one below. */
function turnStem(tree: Tree, out: number, uIn: number, vIn: number, before: Before): void {
  const { parent, arc, up, thread, back, size, last, dirty } = tree
  const goesOn = (before.back === vIn ? thread[before.last] : thread[vIn]) as number
  let stem = uIn
  let above = vIn
  let end = last[uIn] as number
  let after = thread[end] as number
  let dirtyCount = 0
  thread[vIn] = uIn
  dirty[dirtyCount++] = vIn
  while (stem !== out) {
    const next = parent[stem] as number
    thread[end] = next
    dirty[dirtyCount++] = end
    const prior = back[stem] as number
    thread[prior] = after
    back[after] = prior
    parent[stem] = above
    above = stem
    stem = next
    end = (last[stem] === last[above] ? back[above] : last[stem]) as number
    after = thread[end] as number
  }
  parent[out] = above
  thread[end] = goesOn
  back[goesOn] = end
  last[out] = end
  if (before.back !== vIn) {
    thread[before.back] = after
    back[after] = before.back
  }
  for (let i = 0; i < dirtyCount; i++) back[thread[dirty[i] as number] as number] = dirty[i] as number
  let grown = 0
  const lowest = end
  for (let u = out, p = parent[u] as number; u !== uIn; u = p, p = parent[u] as number) {
    arc[u] = arc[p] as number
    up[u] = -(up[p] as number)
    grown += (size[u] as number) - (size[p] as number)
    size[u] = grown
    last[p] = lowest
  }
}

function updateLasts(tree: Tree, join: number, out: number, vIn: number, vOut: number, before: Before): void {
  const { parent, last } = tree
  const limit = last[join] === vIn ? join : -1
  const lowest = last[out] as number
  for (let u = vIn; u !== -1 && last[u] === vIn; u = parent[u] as number) last[u] = lowest
  const other = join !== before.back && vIn !== before.back ? before.back : lowest
  for (let u = vOut; u !== limit && u !== -1 && last[u] === before.last; u = parent[u] as number) last[u] = other
}

function shiftPotentials(net: Network, uIn: number, vIn: number, entering: number): void {
  const { up, thread, last, potential } = net.tree
  const price = (up[uIn] as number) * (net.cost[entering] as number)
  const shift = (potential[vIn] as number) - (potential[uIn] as number) - price
  const end = thread[last[uIn] as number] as number
  // The thread is a ring: when the branch ends the ring, `end` is the root, which is never in the branch.
  for (let u = uIn; ; ) {
    potential[u] = (potential[u] as number) + shift
    u = thread[u] as number
    if (u === end) break
  }
}
