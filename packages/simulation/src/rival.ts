import type { Policy } from './judge/judge.ts'
import { type Court, countDays, findBreach, type Way } from './judge/law.ts'
import type { Proposal } from './judge/send.ts'
import type { State } from './judge/state.ts'
import { isMovable, listKnownMinutes } from './judge/view.ts'
import type { World } from './world/world.ts'

/** Working days over which an office's hands are averaged, so that one day's absences do not decide. */
const DAYS = 5

/**
 * The rule of thumb: an office with more than so many queue days gives its oldest work, task by task, to the capable
 * office with the fewest, every morning, until it has no more than that.
 */
export function makeThresholdPolicy(exportAboveDays: number): Policy {
  return (world, state, court) => {
    const queues = { open: court.open.slice(), rate: averageHands(world, state) }
    const proposal: Proposal = { flows: [], moves: [] }
    const flowOf = new Map<string, number>()
    const givers = world.offices.flatMap((_, office) => (countDays(queues, office) > exportAboveDays ? [office] : []))
    for (const from of givers)
      for (const task of listOldest(world, state, from)) {
        if (countDays(queues, from) <= exportAboveDays) break
        const way = findReceiver(world, court, queues, from, task)
        if (way === undefined) continue
        const minutes = world.benefits[way.benefit]?.minutes ?? 0
        const key = JSON.stringify(way)
        const flow = flowOf.get(key) ?? proposal.flows.push({ ...way, minutes: 0 }) - 1
        flowOf.set(key, flow)
        const found = proposal.flows[flow]
        if (found !== undefined) found.minutes += minutes
        proposal.moves.push({ task, flow })
        queues.open[from] = (queues.open[from] ?? 0) - minutes
        queues.open[way.to] = (queues.open[way.to] ?? 0) + minutes
      }
    return proposal
  }
}

type Queues = Pick<Court, 'open' | 'rate'>

function averageHands(world: World, state: State): Float64Array {
  const rate = new Float64Array(world.offices.length)
  for (const pool of world.pools) {
    const coming = [
      pool.minutes[state.day] ?? 0,
      ...listKnownMinutes(world.closures, pool, state.day).slice(0, DAYS - 1),
    ]
    const mean = coming.reduce((sum, minutes) => sum + minutes, 0) / DAYS
    rate[pool.office] = (rate[pool.office] ?? 0) + mean
  }
  return rate
}

/** Tasks are numbered as they came in. */
function listOldest(world: World, state: State, office: number): number[] {
  const here = state.open.filter((task) => state.office[task] === office && isMovable(world, state, task))
  return here.sort((a, b) => a - b)
}

function findReceiver(world: World, court: Court, queues: Queues, from: number, task: number): Way | undefined {
  const { benefit, language, guarded } = world.tasks
  const base = { from, benefit: benefit[task] ?? 0, language: language[task] ?? 0, isGuarded: guarded[task] === 1 }
  const order = world.offices.map((_, to) => ({ to, days: countDays(queues, to) })).sort((a, b) => a.days - b.days)
  const own = countDays(queues, from)
  const found = order.find(({ to, days }) => days < own && findBreach(court, { ...base, to }) === undefined)
  return found && { ...base, to: found.to }
}
