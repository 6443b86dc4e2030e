import { drawArrivals } from './arrivals.ts'
import { type Calendar, makeCalendar, startOfYear } from './calendar.ts'
import { drawLogNormal, makeRandom } from './random.ts'
import type { Scenario } from './scenario.ts'
import { staffOffice } from './staff.ts'
import type { Closure, Tasks, World, WorldPool } from './world.ts'

/** The scenario's nation over the first `weeks` weeks of its year; the same seed gives the same one. */
export function buildWorld(scenario: Scenario, weeks: number, seed: number): World {
  const calendar = makeCalendar(startOfYear(scenario.defaults.default_year), weeks)
  const tasks = drawArrivals(scenario, calendar, weeks, seed)
  const closures = listClosures(scenario, calendar)
  const staffed = scenario.offices.map((_, office) => staffOffice(scenario, office, calendar, seed))
  if (scenario.capacity !== undefined) fitCapacity(scenario, calendar, staffed, seed)
  const pools = staffed.flat()
  closePools(pools, closures)
  if (scenario.capacity !== undefined) scaleToLoad(scenario.capacity.utilisation, calendar, tasks, pools)
  const regionOf = new Map(scenario.districts.map(({ id, region }) => [id, region]))
  return {
    calendar,
    offices: scenario.offices.map(({ id, district, lat, lon }) => ({
      id,
      district,
      region: regionOf.get(district) ?? '',
      lat,
      lon,
    })),
    benefits: scenario.benefits.map(({ code, handling_minutes_mean: minutes }) => ({ id: code, minutes })),
    languages: ['fi', 'sv'],
    pools,
    closures,
    tasks,
    rules: scenario.rules,
    costs: scenario.costs,
  }
}

function listClosures(scenario: Scenario, calendar: Calendar): Closure[] {
  return scenario.shocks.flatMap(({ office, week, days }) => {
    const at = scenario.offices.findIndex(({ id }) => id === office)
    const from = calendar.next[((week ?? 1) - 1) * 7]
    return at < 0 || days === undefined || from === undefined ? [] : [{ office: at, from, to: from + days - 1 }]
  })
}

function closePools(pools: readonly WorldPool[], closures: readonly Closure[]): void {
  for (const { office, from, to } of closures)
    for (const pool of pools) if (pool.office === office) pool.minutes.fill(0, from, to + 1)
}

/** Gives each office hands for what usually comes in there, more or less by the seed's draw; a common factor is still open. */
function fitCapacity(scenario: Scenario, calendar: Calendar, staffed: readonly WorldPool[][], seed: number): void {
  const random = makeRandom(seed, 'imbalance')
  scenario.offices.forEach((office, i) => {
    const load = scenario.benefits.reduce(
      (sum, { code, handling_minutes_mean: minutes }) => sum + (office.arrivals_per_year[code] ?? 0) * minutes,
      0,
    )
    const pools = staffed[i] ?? []
    const factor = drawLogNormal(random, 1, scenario.capacity?.imbalance ?? 0)
    scalePools(pools, (load * factor) / sumMinutes(pools, calendar))
  })
}

function scaleToLoad(utilisation: number, calendar: Calendar, tasks: Tasks, pools: readonly WorldPool[]): void {
  const arrived = tasks.minutes.reduce((sum, minutes) => sum + minutes, 0)
  scalePools(pools, arrived / utilisation / sumMinutes(pools, calendar))
}

function sumMinutes(pools: readonly WorldPool[], { length }: Calendar): number {
  let sum = 0
  for (const pool of pools) for (let day = 0; day < length; day += 1) sum += pool.minutes[day] ?? 0
  return sum
}

function scalePools(pools: readonly WorldPool[], factor: number): void {
  if (!Number.isFinite(factor)) return
  for (const pool of pools)
    for (const minutes of [pool.minutes, pool.expected])
      for (let day = 0; day < minutes.length; day += 1) minutes[day] = (minutes[day] ?? 0) * factor
}
