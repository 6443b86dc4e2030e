import { describe, expect, it } from 'vitest'
import { makeNation } from '../../testing/nation.ts'
import { buildWorld } from './nation.ts'
import { parseScenario } from './scenario.ts'

const lean = {
  regions: [{ id: 'r' }],
  districts: [{ id: 'd', region: 'r', maakunta_fi: 'Lappi' }],
  benefits: [
    { code: 'TO', id: 'basic', skill_group: 'income', handling_minutes_mean: 40, statutory_working_days: 7 },
    { code: 'YA', skill_group: 'housing', handling_minutes_mean: 30, target_days_current: null, target_days_2015: 21 },
  ],
  offices: [
    { id: 'o', district: 'd', lat: 66, lon: 26, fte: 3, arrivals_per_year: { TO: 1000, YA: 500 } },
    { id: 'p', district: 'd', lat: 67, lon: 26, fte: 3, arrivals_per_year: { TO: 3000 } },
  ],
}

describe('a scenario', () => {
  it('names the field that is wrong', () => {
    const offices = [{ ...lean.offices[0], district: 'x' }]
    expect(() => parseScenario({ ...lean, offices })).toThrow(
      'scenario: offices[0].district: "x" is not in the scenario',
    )
    expect(() => parseScenario({ ...lean, benefits: [{ ...lean.benefits[1], target_days_2015: null }] })).toThrow(
      'scenario: benefits[0]: has no target in days',
    )
    expect(() => parseScenario({ ...lean, absence: { sick_mean: 2, leave_by_month: [] } })).toThrow(
      'scenario: absence.sick_mean:',
    )
    expect(() => parseScenario(3)).toThrow('scenario: (root):')
  })

  it('follows the real weeks where there are some, by the share of each office, and the usual year elsewhere', () => {
    const weekly = { weeks: ['2022-W01', '2022-W02'], arrivals: { basic: { Lappi: [400, null] } } }
    const world = buildWorld(parseScenario({ ...lean, defaults: { default_year: 2022 }, weekly }), 2, 1)
    const count = (office: number, benefit: number, week: number) =>
      world.tasks.arrivedOn.filter(
        (day, task) =>
          Math.floor(day / 7) === week && world.tasks.home[task] === office && world.tasks.benefit[task] === benefit,
      ).length
    expect(count(1, 0, 0)).toBeGreaterThan(240)
    expect(count(1, 0, 0)).toBeLessThan(360)
    expect(count(0, 0, 0)).toBeLessThan(150)
    expect(count(0, 0, 1) + count(1, 0, 1)).toBe(0)
    expect(count(0, 1, 1)).toBeGreaterThan(0)
  })

  it('has exactly the hands that its load asks for, whatever the seed draws', () => {
    for (const seed of [1, 2]) {
      const world = buildWorld(makeNation(1), 8, seed)
      const arrived = world.tasks.minutes.reduce((sum, minutes) => sum + minutes, 0)
      let hands = 0
      for (const pool of world.pools)
        for (let day = 0; day < world.calendar.length; day += 1) hands += pool.minutes[day] ?? 0
      expect(arrived / hands).toBeCloseTo(0.95, 6)
    }
  })

  it('gives a working-day target its working days and a calendar one the last working day within it', () => {
    const world = buildWorld(parseScenario(lean), 1, 1)
    const { arrived, arrivedOn, due, benefit } = world.tasks
    const monday = (of: number) => arrivedOn.findIndex((day, task) => day === 0 && benefit[task] === of)
    expect((due[monday(0)] ?? 0) - (arrived[monday(0)] ?? 0)).toBe(7)
    const last = world.calendar.offsets[due[monday(1)] ?? 0] ?? 0
    expect([19, 20, 21]).toContain(last)
  })
})
