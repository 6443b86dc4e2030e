import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { simulateCommand } from './simulate.ts'

const office = (id: string, fte: number, lat: number) => ({
  id,
  district: 'd',
  lat,
  lon: 25,
  fte,
  arrivals_per_year: { TO: 2600 },
})
const scenario = {
  regions: [{ id: 'r' }],
  districts: [{ id: 'd', region: 'r' }],
  benefits: [{ code: 'TO', skill_group: 'income', handling_minutes_mean: 40, statutory_working_days: 7 }],
  defaults: { minutes_per_day: 200 },
  offices: [office('jam', 1, 60.2), office('idle', 4, 61)],
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tasain-simulate-'))
  await writeFile(join(folder, 'nation.json'), JSON.stringify(scenario))
  const wrong = { ...scenario, offices: [office('jam', 0, 60.2)] }
  await writeFile(join(folder, 'wrong.json'), JSON.stringify(wrong))
})
afterAll(() => rm(folder, { recursive: true }))

function run(...args: string[]): { code: number; out: string; errors: string } {
  let out = ''
  let errors = ''
  const named = args.map((arg) => (arg.endsWith('.json') ? join(folder, arg) : arg))
  const code = simulateCommand(
    named,
    { write: (text: string) => (out += text) },
    { write: (text: string) => (errors += text) },
  )
  return { code, out, errors }
}

describe('tasain simulate', () => {
  it('prints the figures of a run, the same for the same seed, and its progress beside', () => {
    const first = run('nation.json', '--policy', 'plan', '--weeks', '8', '--seed', '3')
    expect(first).toMatchObject({ code: 0, errors: 'week 4 of 8\nweek 8 of 8\n' })
    const figures = JSON.parse(first.out)
    expect(figures).toMatchObject({ policy: 'plan', weeks: 8, seed: 3, movesPerMovedTask: 1, ruleBreaks: 0 })
    expect(figures.arrivals).toBe(figures.decided + figures.open)
    expect(figures.pastDuePercent).toBe(figures.pastDue * 100)
    expect(run('nation.json', '--policy', 'plan', '--weeks', '8', '--seed', '3').out).toBe(first.out)
    const none = JSON.parse(run('nation.json', '--policy', 'none', '--weeks', '8', '--seed', '3').out)
    expect(none.moved).toBe(0)
    expect(none.meanWait).toBeGreaterThan(figures.meanWait)
  })

  it('answers a wrong file with its field, and a wrong call with how to call it', () => {
    expect(run('wrong.json', '--policy', 'none').errors).toContain('scenario: offices[0].fte:')
    expect(run('missing.json', '--policy', 'none')).toMatchObject({ code: 1, out: '' })
    for (const wrong of [
      ['--policy', 'best'],
      ['--weeks', '0'],
      ['--seed', ''],
      ['--move-cost', '-1'],
    ]) {
      const { code, errors } = run('nation.json', ...wrong)
      expect(code).toBe(2)
      expect(errors).toMatch(new RegExp(`${wrong[0]}[^]*usage: tasain simulate`))
    }
  })
})
