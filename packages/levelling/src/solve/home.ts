import { listPoolsAt } from '../nation/classes.ts'
import { BUCKETS } from '../nation/nation.ts'
import type { Model, Problem } from './model.ts'
import type { Basis } from './start.ts'

/**
 * Every office alone: each supply goes whole to the home pool with the shortest queue so far, and each pool fills its time
 * buckets from the first on, most urgent delays first. The arcs used make a tree on which every node can push on.
 */
export function findHomeBasis(problem: Problem, model: Model): Basis {
  const { nation, classes } = problem
  const delays = classes.delays.length
  const basis: Basis = { tree: [], full: [] }
  const minutes = new Float64Array(nation.pools.length * delays)
  for (let at = 0; at < minutes.length; at++) minutes[at] = model.inflow[model.poolNode[at] ?? -1] ?? 0
  shareOut(problem, model, minutes, basis)
  const order = [...classes.delays.keys()].sort((a, b) => {
    const [one, other] = [classes.delays[a], classes.delays[b]]
    // What is here first, what is to come in the order it comes.
    const earlier = (one?.from ?? 0) - (other?.from ?? 0)
    return earlier || (one?.slack ?? 0) - (other?.slack ?? 0) || (other?.weight ?? 0) - (one?.weight ?? 0)
  })
  nation.pools.forEach((_, p) => {
    fillPool(problem, model, p, order, minutes, basis)
  })
  return basis
}

function shareOut({ nation, classes }: Problem, model: Model, minutes: Float64Array, basis: Basis): void {
  const delays = classes.delays.length
  const queue = new Float64Array(nation.pools.length)
  minutes.forEach((more, at) => {
    const pool = Math.floor(at / delays)
    queue[pool] = (queue[pool] ?? 0) + more
  })
  const rate = nation.pools.map((pool) => pool.minutes[BUCKETS - 2] ?? 0)
  classes.supplies.forEach((supply, s) => {
    if ((model.supplyNode[s] ?? -1) < 0) return
    let place = 0
    let shortest = Number.POSITIVE_INFINITY
    const home = listPoolsAt(classes.kinds[supply.kind], supply.office)
    home.forEach((pool, i) => {
      const days = ((queue[pool] ?? 0) + supply.minutes) / (1 + (rate[pool] ?? 0))
      if (days >= shortest) return
      shortest = days
      place = i
    })
    basis.tree.push((model.homeArc[s] ?? 0) + place)
    const pool = home[place]
    if (pool === undefined) return
    queue[pool] = (queue[pool] ?? 0) + supply.minutes
    const at = pool * delays + supply.delay
    minutes[at] = (minutes[at] ?? 0) + supply.minutes
  })
}

function fillPool(
  { nation, classes }: Problem,
  { poolNode, waitArc, bucketArc }: Model,
  p: number,
  order: readonly number[],
  minutes: Float64Array,
  basis: Basis,
): void {
  const room = nation.pools[p]?.minutes ?? []
  let t = room.findIndex((most) => most > 0)
  let free = room[t] ?? 0
  for (const delay of order) {
    const at = p * classes.delays.length + delay
    if ((poolNode[at] ?? -1) < 0) continue
    let left = minutes[at] ?? 0
    const from = classes.delays[delay]?.from ?? 0
    // It leaves the time before it comes to others: those buckets keep their own arcs in the tree.
    if (t < from) {
      for (; t < from; t++) if ((room[t] ?? 0) > 0) basis.tree.push(bucketArc[p * BUCKETS + t] ?? 0)
      t = room.findIndex((most, later) => later >= from && most > 0)
      free = room[t] ?? 0
    }
    // A bucket filled to the brim hands on to the next, if only by an empty arc: its own is full and out of the tree.
    for (; left >= free; free = room[t] ?? 0) {
      left -= free
      basis.tree.push(waitArc[at * BUCKETS + t] ?? 0)
      basis.full.push(bucketArc[p * BUCKETS + t] ?? 0)
      t = room.findIndex((most, later) => later > t && most > 0)
    }
    basis.tree.push(waitArc[at * BUCKETS + t] ?? 0)
    free -= left
  }
  for (; t < BUCKETS; t++) if ((room[t] ?? 0) > 0) basis.tree.push(bucketArc[p * BUCKETS + t] ?? 0)
}
