import type { Plan, PlanSnapshot } from '@tasain/contracts'
import { plan } from '@tasain/levelling'
import { expect, it } from 'vitest'
import { makeNation } from '../testing/nation.ts'
import { makeRules } from '../testing/rules.ts'
import { runJudge } from './judge/judge.ts'
import { makePlanPolicy, scaleMoves } from './planner.ts'
import { buildWorld } from './world/nation.ts'

it('dearer moves cost more by the factor, and a far way as much more for its length as before', () => {
  const prices = { fixed: 5, district: 1, region: 2, km: 40, far: 5, lateDay: 30, waitDay: 8 }
  expect(scaleMoves(prices, 2)).toEqual({ ...prices, fixed: 10, district: 2, region: 4, km: 80 })
})

const isLong = Boolean(process.env['TASAIN_LONG'])
const seeds = Array.from({ length: isLong ? 500 : 12 }, (_, seed) => seed)
const tenths = Array.from({ length: 10 }, (_, part) => seeds.filter((seed) => seed % 10 === part))

/** Without the time it took, as bytes. */
function write(planned: Plan): string {
  return JSON.stringify({ ...planned, ms: 0 })
}

it.each(tenths)(
  'under random rules and load, from seed %i on, no move breaks a rule and every stored plan replays byte for byte',
  { timeout: 300_000 },
  (...part) => {
    for (const seed of part) {
      const nation = makeNation(seed, { closed: seed % 3 === 0, incomplete: seed % 4 === 0 ? 0.2 : 0 })
      const world = buildWorld(nation, 4, seed)
      world.rules = makeRules(world, 1 + (seed % 6), seed)
      const stored: { snapshot: string; previous: string | undefined; planned: string }[] = []
      const remember = (snapshot: PlanSnapshot, previous?: Pick<Plan, 'basis'>): Plan => {
        const planned = plan(snapshot, previous)
        const basis = previous && JSON.stringify({ basis: previous.basis })
        stored.push({ snapshot: JSON.stringify(snapshot), previous: basis, planned: write(planned) })
        return planned
      }
      const sends = new Map<number, number>()
      const figures = runJudge(world, {
        policy: makePlanPolicy({ waitDay: 5 }, remember),
        setUpMinutes: 5,
        onWeek: (_, state) => {
          state.sentOn.forEach((day, task) => {
            if (day < 0) return
            expect(sends.get(task) ?? day).toBe(day)
            sends.set(task, day)
          })
        },
      })
      expect(figures, `seed ${seed}`).toMatchObject({ ruleBreaks: 0, refused: 0, sends: sends.size })
      expect(figures.recalls).toBeLessThanOrEqual(figures.sends)
      for (const { snapshot, previous, planned } of stored)
        expect(write(plan(JSON.parse(snapshot), previous && JSON.parse(previous))) === planned).toBe(true)
    }
  },
)
