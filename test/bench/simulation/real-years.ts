import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Figures, parseScenario, type Scenario } from '@tasain/simulation'
import { round } from '../figures.ts'
import { openRuns, type Runs } from './workers.ts'

const YEARS = [2022, 2023]
const MOVE_COSTS = [2, 1, 0.25]
const SEED = 700_001
const WEEKS = 52

/** The benefit of the surge: 596,953 applications in 2022, which the scenario does not know. */
const SURGE = {
  code: 'TR',
  id: 'infectious_disease_allowance',
  skill_group: 'sickness',
  handling_minutes_mean: 25,
  target_days_current: 21,
}

/** The 65 offices under the real arrivals of two years: what the planner comes to by the price of moves, beside none and pooled. */
export async function showRealYears(folder: string, say: (line: string) => void): Promise<Record<string, unknown>> {
  const nation = parseScenario(await readJson(join(folder, 'scenario.json')))
  const weekly = await readJson(join(folder, 'kela_arrivals_weekly_by_region_2019_2023.json'))
  const years: Record<string, unknown> = {}
  for (const year of YEARS) {
    const runs = openRuns(fitYear(nation, weekly, year))
    years[year] = await showYear(runs, year, say)
    await runs.close()
  }
  return years
}

async function readJson(path: string): Promise<unknown> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'))
  return value
}

/** The surge's applications come where those of sickness allowance do. Every office can do its own kinds of work, as offices of dozens can. */
function fitYear(nation: Scenario, weekly: unknown, year: number): unknown {
  return {
    ...nation,
    defaults: { ...nation.defaults, default_year: year },
    skills: { ...nation.skills, cover_home: true },
    benefits: [...nation.benefits, SURGE],
    offices: nation.offices.map((office) => ({
      ...office,
      arrivals_per_year: { ...office.arrivals_per_year, [SURGE.code]: (office.arrivals_per_year['SP'] ?? 0) * 0.01 },
    })),
    weekly,
  }
}

async function showYear(runs: Runs, year: number, say: (line: string) => void): Promise<unknown> {
  const base = { weeks: WEEKS, seed: SEED }
  const [none, pooled, ...plan] = await Promise.all([
    runs.run({ ...base, policy: 'none' }),
    runs.run({ ...base, policy: 'pooled' }),
    ...MOVE_COSTS.map((moveCost) => runs.run({ ...base, policy: 'plan', moveCost })),
  ])
  say(`65 offices, arrivals of ${year}: ${none.arrivals} tasks; moved and past due in %, waits in calendar days`)
  const show = (policy: string, { moved, pastDue, meanWait, p95Wait, kmPerMove }: Figures) => {
    const row = { moved: round(moved, 4), pastDue: round(pastDue, 4), meanWait: round(meanWait, 2), p95Wait }
    say(
      `  ${policy.padEnd(7)} moved ${round(moved * 100, 2)}  past due ${round(pastDue * 100, 2)}  mean wait ${row.meanWait}  P95 ${p95Wait}  km/move ${round(kmPerMove, 0)}`,
    )
    return { ...row, kmPerMove: round(kmPerMove, 0) }
  }
  return {
    none: show('none', none),
    plan: plan.map((run) => show('plan', run)),
    pooled: show('pooled', pooled),
  }
}
