import { expect, it } from 'vitest'
import { makeNation } from '../../testing/nation.ts'
import { buildWorld } from '../world/nation.ts'
import type { World } from '../world/world.ts'
import { runJudge } from './judge.ts'
import { findBreach, openCourt } from './law.ts'
import { recallTasks } from './recall.ts'
import { relocate, type State } from './state.ts'

const world = buildWorld(makeNation(1), 2, 1)

function close(office: number, from: number, days: number): World {
  const closures = [{ office, from, to: from + days - 1 }]
  const pools = world.pools.map((pool) =>
    pool.office === office ? { ...pool, minutes: pool.minutes.map(() => 0) } : pool,
  )
  return { ...world, closures, pools }
}

it('sends and calls home by the same days: what a closed office may be given is not called back from there at once', () => {
  for (const [days, isCalledHome] of [
    [40, false],
    [41, true],
  ] as const) {
    let state: State | undefined
    runJudge(world, { policy: undefined, isPooled: false, setUpMinutes: 5, onWeek: (_, end) => (state = end) })
    if (state === undefined) throw new Error('no week went by')
    const { benefit, language, guarded, home } = world.tasks
    const task = state.open.find((one) => home[one] === 0 && state?.started[one] === 0 && guarded[one] === 0) ?? -1
    relocate(world, state, task, 1)
    state.sentOn[task] = state.day
    const court = openCourt(close(1, state.day, days), state, undefined)
    const way = { from: 0, to: 1, benefit: benefit[task] ?? -1, language: language[task] ?? -1, isGuarded: false }
    expect(findBreach(court, way)).toBe(isCalledHome ? 'no hands' : undefined)
    expect(recallTasks(court, state)).toBe(isCalledHome ? 1 : 0)
  }
})
