import { readFileSync } from 'node:fs'
import { type Benefit, benefits } from '@tasain/vocabulary'

/** The parts of the scenario file the demo nation is made from. */
export type Scenario = {
  defaults: {
    scale: number
    seed: number
    minutes_per_day: number
    decision_share_of_day: number
    handling_cv: number
  }
  regions: { id: string; name_fi: string; name_sv: string }[]
  districts: { id: string; region: string; name_fi: string; maakunta_fi: string }[]
  benefits: { code: Benefit; handling_minutes_mean: number }[]
  skills: { groups_per_handler: Record<string, number>; restricted_clearance_share: number }
  languages: { handler_sv_share_in_sv_offices: number; handler_sv_share_elsewhere: number }
  flags: { restricted_turvakielto_share: number }
  absence: { sick_mean: number; leave_by_month: number[] }
  weekday_share: Record<string, number[] | string | string[]>
  offices: {
    id: string
    district: string
    town_fi: string
    town_sv: string
    municipality_code: string
    lon: number
    lat: number
    sv_share: number
    fte: number
    arrivals_per_year: Record<Benefit, number>
  }[]
}

export type ScenarioOffice = Scenario['offices'][number]

/** Reads the scenario. @throws Error when it does not speak of our benefits. */
export function readScenario(path: string): Scenario {
  const scenario: Scenario = JSON.parse(readFileSync(path, 'utf8'))
  const codes = scenario.benefits.map(({ code }) => code)
  if ([...codes].sort().join() !== [...benefits].sort().join()) throw new Error(`${path} has other benefits than ours.`)
  return scenario
}

/** Arrivals by weekday for a benefit, Monday first; the file's default where it has none of its own. */
export function getWeekdays(scenario: Scenario, benefit: Benefit): number[] {
  const shares = scenario.weekday_share
  const own = shares[benefit] ?? shares[String(shares['default'])]
  if (!Array.isArray(own)) throw new Error(`The scenario has no weekdays for ${benefit}.`)
  return own.map(Number)
}
