// The planner's network laid open, so that other solvers can be given the same one.
import type { PlanSnapshot } from '@tasain/contracts'
import { buildProblem } from '../src/plan.ts'
import { sumCosts } from '../src/solve/flows.ts'
import { findHomeBasis } from '../src/solve/home.ts'
import { addTransfer, buildModel, type Model, type Problem } from '../src/solve/model.ts'
import { findPrices } from '../src/solve/pricing.ts'
import { solve } from '../src/solve/simplex.ts'
import { startFrom } from '../src/solve/start.ts'
import { findTransfer } from '../src/solve/transfers.ts'

export type Flow = { nodes: number; arcs: Arc[]; supply: Float64Array }
/** From and to node, the first being 0; `capacity` is Infinity where there is none. Costs are whole. */
export type Arc = { from: number; to: number; cost: number; capacity: number }

/** The candidates of each office and kind of work: so many of the best by marginal delay and move, and of the nearest. */
const [BEST, NEAREST] = [10, 3]

export type CandidateNetwork = {
  flow: Flow
  /** Runs our network simplex on the network, each office alone to begin with. Returns the cost of the flow. */
  solve: () => number
  /** The solved network as a plan's objective. */
  objective: () => number
}

/**
 * The snapshot's network with candidate arcs alone, limits left out: what is
 * handed to other solvers.
 */
export function makeCandidateNetwork(snapshot: PlanSnapshot): CandidateNetwork {
  const problem = buildProblem(snapshot)
  const model = buildModel(problem)
  const home = findHomeBasis(problem, model)
  startFrom(problem, model, home, [])
  addCandidates(problem, model)
  const { net } = model
  const arcs = Array.from({ length: net.arcs }, (_, arc) => ({
    from: net.source[arc] ?? 0,
    to: net.target[arc] ?? 0,
    cost: net.cost[arc] ?? 0,
    capacity: net.capacity[arc] ?? 0,
  }))
  const supply = Float64Array.from(model.inflow)
  supply[0] = -supply.reduce((sum, minutes) => sum + minutes, 0)
  const run = (): number => {
    startFrom(problem, model, home, [])
    solve(net)
    let cost = 0
    for (let arc = 0; arc < arcs.length; arc++) cost += (net.flow[arc] ?? 0) * (net.cost[arc] ?? 0)
    return cost
  }
  return { flow: { nodes: net.nodes, arcs, supply }, solve: run, objective: () => sumCosts(problem, model) }
}

function addCandidates(problem: Problem, model: Model): void {
  const { nation, classes, units } = problem
  const n = nation.offices.length
  const { price, pool } = findPrices(problem, model)
  classes.supplies.forEach(({ office, kind, delay, mayLeave }, s) => {
    if (!mayLeave || (model.supplyNode[s] ?? -1) < 0) return
    const base = (kind * classes.delays.length + delay) * n
    const move = (to: number): number => units.move[office * n + to] ?? 0
    const score = (to: number): number => move(to) * model.scale + (price[base + to] ?? 0)
    const open = Array.from(classes.kinds[kind]?.takers ?? []).filter((to) => model.pairOpen[office * n + to] === 1)
    const best = open.toSorted((a, b) => score(a) - score(b)).slice(0, BEST)
    const nearest = open.toSorted((a, b) => move(a) - move(b)).slice(0, NEAREST)
    for (const to of [...best, ...nearest]) {
      const p = pool[base + to] ?? -1
      if (p >= 0 && findTransfer(model.transfers, s, p) < 0) addTransfer(problem, model, s, p)
    }
  })
}
