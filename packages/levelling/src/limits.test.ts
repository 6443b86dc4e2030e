import { expect, it } from 'vitest'
import { listBreaches } from '../testing/checker.ts'
import { FREE_KINDS, LIMIT_KINDS, makeNation } from '../testing/nation.ts'
import { solveByHighs } from '../testing/oracle.ts'
import { plan } from './index.ts'
import { mixPlans } from './solve/master.ts'

const KINDS = [...LIMIT_KINDS, ...LIMIT_KINDS, ...FREE_KINDS]

it('keeps every limit and places ordered work, and lies between its own bound and half a percent above the optimum of HiGHS', async () => {
  let compared = 0
  let ordered = 0
  for (let seed = 1; seed <= 60; seed++) {
    const size = { offices: 5 + (seed % 9), benefits: 4, poolsPerOffice: 3, rowsPerOffice: 10, rules: 3 + (seed % 8) }
    const snapshot = makeNation(seed, size, KINDS)
    for (const rule of snapshot.rules)
      if (rule.kind === 'quota') rule.minMinutes ??= Math.floor(rule.minutesPerMonth / 3)
    const planned = plan(snapshot)
    expect({ seed, breaches: listBreaches(snapshot, planned) }).toEqual({ seed, breaches: [] })
    expect(planned.bound).toBeLessThanOrEqual(planned.objective)
    const best = await solveByHighs(snapshot, true)
    if (best === undefined) continue
    compared += 1
    ordered += Number(snapshot.rules.some((rule) => rule.kind === 'quota' && rule.minMinutes))
    expect(planned.bound, `seed ${seed}`).toBeLessThanOrEqual(best.objective * (1 + 1e-9) + 1)
    expect(planned.objective, `seed ${seed}`).toBeGreaterThanOrEqual(best.objective * (1 - 1e-9) - 1)
    expect(planned.objective, `seed ${seed}`).toBeLessThanOrEqual(best.objective * 1.005)
  }
  expect([compared >= 30, ordered >= 10]).toEqual([true, true])
}, 60_000)

it('breaks no limit on 200 more nations, ordered work and spent minutes among them', () => {
  for (let seed = 2000; seed < 2200; seed++) {
    const size = { offices: 4 + (seed % 12), benefits: 4, poolsPerOffice: 3, rowsPerOffice: 8, rules: seed % 10 }
    const snapshot = makeNation(seed, size, KINDS)
    snapshot.used = snapshot.rules.map(({ id }) => ({ rule: id, minutes: seed % 300 }))
    expect({ seed, breaches: listBreaches(snapshot, plan(snapshot)) }).toEqual({ seed, breaches: [] })
  }
}, 60_000)

it('mixes plans to the cheapest mixture within the rows', () => {
  const plans = [
    { cost: 100, use: [0] },
    { cost: 0, use: [10] },
  ]
  expect(mixPlans(plans, [{ most: 5 }])).toMatchObject({ shares: [0.5, 0.5], prices: [10], cost: 50 })
  expect(
    mixPlans(
      [
        { cost: 0, use: [0] },
        { cost: 70, use: [10] },
      ],
      [{ least: 5, penalty: 100 }],
    ).cost,
  ).toBe(35)
  expect(mixPlans([{ cost: 0, use: [0] }], [{ least: 5, penalty: 100 }])).toMatchObject({ prices: [100], cost: 500 })
})
