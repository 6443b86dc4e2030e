import type { PlanRule } from '@tasain/contracts'
import { describe, expect, it } from 'vitest'
import { makeNation } from '../../testing/nation.ts'
import { makePlanPolicy } from '../planner.ts'
import { makeThresholdPolicy } from '../rival.ts'
import { buildWorld } from '../world/nation.ts'
import type { World } from '../world/world.ts'
import { type Policy, runJudge } from './judge.ts'
import type { Proposal } from './send.ts'
import type { State } from './state.ts'

const weeks = 10

function run(world: World, policy: Policy | undefined, isPooled = false) {
  let end: State | undefined
  const figures = runJudge(world, { policy, isPooled, setUpMinutes: 5, onWeek: (_, state) => (end = state) })
  if (end === undefined) throw new Error('no week went by')
  return { figures, state: end }
}

describe('the judge', () => {
  it('finds that moving work helps, and that one queue for the nation is the limit', () => {
    const world = buildWorld(makeNation(1), weeks, 1)
    const waits = [undefined, makeThresholdPolicy(5), makePlanPolicy()].map((policy) => run(world, policy).figures)
    const pooled = run(world, undefined, true).figures
    const [none, threshold, planned] = waits
    expect(threshold?.meanWait).toBeLessThan(none?.meanWait ?? 0)
    expect(planned?.pastDue).toBeLessThan(none?.pastDue ?? 0)
    expect(planned?.kmPerMove).toBeLessThan(threshold?.kmPerMove ?? 0)
    expect(pooled.meanWait).toBeLessThan(none?.meanWait ?? 0)
    expect(planned).toMatchObject({ ruleBreaks: 0, refused: 0, movesPerMovedTask: 1 })
    expect(new Set([...waits, pooled].map(({ arrivals }) => arrivals)).size).toBe(1)
  })

  it('comes to the same figures for the same seed, and to others for another', () => {
    const figures = [1, 1, 2].map((seed) => run(buildWorld(makeNation(1), 4, seed), makePlanPolicy()).figures)
    expect(figures[0]).toEqual(figures[1])
    expect(figures[0]).not.toEqual(figures[2])
  })

  it('never moves a pinned task, sends each once at most and recalls each once at most, to its home', () => {
    const world = buildWorld(makeNation(2, { closed: true }), weeks, 3)
    const { figures, state } = run(world, makePlanPolicy())
    expect(figures.recalls).toBeGreaterThan(0)
    for (let task = 0; task < state.arrived; task += 1) {
      const isHome = state.office[task] === world.tasks.home[task]
      const wasSent = (state.sentOn[task] ?? -1) >= 0
      if (world.tasks.pinned[task] === 1) expect(wasSent).toBe(false)
      if ((state.recalledOn[task] ?? -1) >= 0) expect([wasSent, isHome]).toEqual([true, true])
      else expect(isHome).toBe(!wasSent)
    }
  })

  it('has people ask for papers, waits for them and keeps the clock running', () => {
    const [complete, incomplete] = [0, 0.4].map((share) => {
      const world = buildWorld(makeNation(1, { incomplete: share }), weeks, 1)
      return run(world, undefined, true).figures
    })
    expect(incomplete?.meanWait).toBeGreaterThan((complete?.meanWait ?? 0) + 1)
  })
})

describe('a faulty planner is caught', () => {
  it('that applies the plan of yesterday', () => {
    const planned = makePlanPolicy()
    let before: Proposal = { flows: [], moves: [] }
    const { figures } = run(buildWorld(makeNation(1), weeks, 1), (world, state, court) => {
      const stale = before
      before = planned(world, state, court)
      return { flows: [...stale.flows, ...before.flows], moves: [...stale.moves, ...shift(before, stale.flows.length)] }
    })
    expect(figures.refused).toBeGreaterThan(0)
    expect(figures.movesPerMovedTask).toBe(1)
  })

  it('that does not know of a closed import', () => {
    const open = buildWorld(makeNation(1), weeks, 1)
    const receiver = Math.max(...run(open, makePlanPolicy()).state.sentTo)
    const office = open.offices[receiver]?.id ?? ''
    const closed: PlanRule = { id: 'no-import', kind: 'import', scope: { office }, allow: false }
    const world = { ...open, rules: [closed] }
    const blind = makePlanPolicy()
    const { figures, state } = run(world, (all, now, court) => blind({ ...all, rules: [] }, now, court))
    expect(figures.ruleBreaks).toBeGreaterThan(0)
    expect(state.sentTo).not.toContain(receiver)
    expect(run(world, makePlanPolicy()).figures.ruleBreaks).toBe(0)
  })

  it('that forgets what it has sent', () => {
    // Without sight of what comes in, cheap moves go to and fro.
    const world = { ...buildWorld(makeNation(1), weeks, 1), rates: [] }
    const forgetful = makePlanPolicy({ fixed: 0, district: 0, region: 0, km: 0 })
    const { figures } = run(world, (all, now, court) =>
      forgetful(all, { ...now, sentOn: now.sentOn.map(() => -1) }, court),
    )
    expect(figures.movesPerMovedTask).toBeGreaterThan(1)
    expect(figures.ruleBreaks).toBeGreaterThan(0)
  })

  it('that has lost the pins', () => {
    const world = buildWorld(makeNation(1), weeks, 1)
    const blind = makePlanPolicy()
    const unpinned = { ...world, tasks: { ...world.tasks, pinned: new Uint8Array(world.tasks.count) } }
    const { figures, state } = run(world, (_, now, court) => blind(unpinned, now, court))
    expect(figures.ruleBreaks).toBeGreaterThan(0)
    const sentPins = [...state.sentOn].filter((day, task) => day >= 0 && world.tasks.pinned[task] === 1)
    expect(sentPins).toEqual([])
  })
})

function shift({ moves }: Proposal, by: number): Proposal['moves'] {
  return moves.map(({ task, flow }) => ({ task, flow: flow + by }))
}
