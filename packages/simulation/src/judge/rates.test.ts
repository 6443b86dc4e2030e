import { expect, it } from 'vitest'
import { makeNation } from '../../testing/nation.ts'
import { makePlanPolicy } from '../planner.ts'
import { buildWorld } from '../world/nation.ts'
import type { World } from '../world/world.ts'
import { type Policy, runJudge } from './judge.ts'
import { takeSnapshot } from './view.ts'

const run = (world: World, policy: Policy) => runJudge(world, { policy, setUpMinutes: 5 })

it('a plan is told the mean of what came in before today, over four weeks at most, and of nothing on the first day', () => {
  const world = buildWorld(makeNation(1), 10, 1)
  run(world, (all, state) => {
    const perDay = (takeSnapshot(all, state, []).coming ?? [])
      .filter(({ inDays }) => inDays === 7)
      .reduce((sum, { minutes }) => sum + minutes / 7, 0)
    const days = Math.min(20, state.day)
    let came = 0
    for (let task = 0; task < all.tasks.count; task += 1) {
      const ago = state.day - (all.tasks.arrived[task] ?? 0)
      if (ago >= 1 && ago <= days) came += all.benefits[all.tasks.benefit[task] ?? 0]?.minutes ?? 0
    }
    // Each kind's share is rounded to a minute.
    expect(Math.abs(perDay - (days === 0 ? 0 : came / days))).toBeLessThan(state.kinds * all.offices.length * 0.1)
    return { flows: [], moves: [] }
  })
})

it('where a plan sees what comes in, people wait less by a quarter at least, and no more is past due', () => {
  const world = buildWorld(makeNation(1), 26, 1)
  const seeing = run(world, makePlanPolicy())
  const blind = run({ ...world, rates: [] }, makePlanPolicy())
  expect(seeing.meanWait).toBeLessThan(0.75 * blind.meanWait)
  expect(seeing.pastDue).toBeLessThanOrEqual(blind.pastDue)
})
