import { type Calendar, findLastWorkingDay } from './calendar.ts'
import { drawLogNormal, drawPoisson, makeRandom, type Random } from './random.ts'
import { findRow, findTarget, type Scenario, type ScenarioBenefit, type ScenarioOffice } from './scenario.ts'
import { makeTasks, type Tasks } from './world.ts'

/** Working days within which papers asked for come: evenly between the two. */
const PAPERS = { least: 3, most: 15 }
const WEEKDAYS = [1, 1, 1, 1, 1, 0, 0]

/** What a benefit brings to an office, week by week and day by day of the week. */
type Stream = { office: number; benefit: number; perWeek: number[]; weekdays: readonly number[]; details: Random }

/** Draws all tasks of the weeks by the seed, whatever is done with them later. */
export function drawArrivals(scenario: Scenario, calendar: Calendar, weeks: number, seed: number): Tasks {
  const streams = listStreams(scenario, weeks, seed)
  const counts = streams.map((stream) => countByDay(stream, makeRandom(seed, 'count', stream.office, stream.benefit)))
  const days = weeks * 7
  const tasks = makeTasks(counts.flat().reduce((sum, drawn) => sum + drawn, 0))
  let id = 0
  for (let day = 0; day < days; day += 1)
    streams.forEach((stream, i) => {
      for (let left = counts[i]?.[day] ?? 0; left > 0; left -= 1) fillTask(scenario, calendar, tasks, id++, stream, day)
    })
  return tasks
}

function listStreams(scenario: Scenario, weeks: number, seed: number): Stream[] {
  const maakunta = new Map(scenario.districts.map((district) => [district.id, district.maakunta_fi]))
  return scenario.offices.flatMap((office, o) =>
    scenario.benefits.flatMap((benefit, b) => {
      const perYear = office.arrivals_per_year[benefit.code] ?? 0
      const place = maakunta.get(office.district)
      const real = place === undefined ? undefined : scenario.weekly?.arrivals[benefit.id ?? benefit.code]?.[place]
      if (perYear === 0) return []
      const inPlace = scenario.offices.filter((other) => maakunta.get(other.district) === place)
      const ofPlace = inPlace.reduce((sum, other) => sum + (other.arrivals_per_year[benefit.code] ?? 0), 0)
      const index = findRow(scenario.week_index, benefit.code)
      const perWeek = Array.from({ length: weeks }, (_, week) => {
        const found = real?.[findWeek(scenario, week)]
        const mean = found === undefined ? (perYear / 52) * pickWeek(index, week) : ((found ?? 0) * perYear) / ofPlace
        return scenario.defaults.scale * applyShocks(scenario, office, benefit, week + 1, mean)
      })
      const weekdays = findRow(scenario.weekday_share, benefit.code) ?? WEEKDAYS
      return [{ office: o, benefit: b, perWeek, weekdays, details: makeRandom(seed, 'task', o, b) }]
    }),
  )
}

/** The place of a simulated week among the real ones; -1 when they do not tell of it. */
function findWeek(scenario: Scenario, week: number): number {
  const name = `${scenario.defaults.default_year}-W${String(week + 1).padStart(2, '0')}`
  return scenario.weekly?.weeks.indexOf(name) ?? -1
}

function pickWeek(index: readonly number[] | undefined, week: number): number {
  return index === undefined ? 1 : (index[week % index.length] ?? 1)
}

function applyShocks(
  { shocks, offices }: Scenario,
  office: ScenarioOffice,
  benefit: ScenarioBenefit,
  week: number,
  mean: number,
): number {
  let drawn = mean
  for (const shock of shocks) {
    const elsewhere =
      (shock.office ?? office.id) !== office.id || (shock.district ?? office.district) !== office.district
    if (elsewhere || (shock.benefit ?? benefit.code) !== benefit.code) continue
    if (shock.weeks !== undefined && shock.weeks[0] <= week && week <= shock.weeks[1]) drawn *= shock.factor ?? 1
    if (shock.week !== week || shock.add === undefined) continue
    const hit = offices.filter(
      ({ id, district }) => (shock.office ?? id) === id && (shock.district ?? district) === district,
    )
    drawn += shock.add / hit.length
  }
  return drawn
}

function countByDay({ perWeek, weekdays }: Stream, random: Random): number[] {
  const all = weekdays.reduce((sum, weight) => sum + weight, 0)
  return perWeek.flatMap((mean) => weekdays.map((weight) => drawPoisson(random, (mean * weight) / all)))
}

function fillTask(scenario: Scenario, calendar: Calendar, tasks: Tasks, id: number, stream: Stream, day: number): void {
  const benefit = scenario.benefits[stream.benefit]
  const target = benefit && findTarget(benefit)
  if (benefit === undefined || target === undefined) return
  const { flags, defaults, offices } = scenario
  const random = stream.details
  const chances = [random(), random(), random(), random(), random(), random()]
  const isBelow = (chance: number, share: number): boolean => (chances[chance] ?? 1) < share
  const time = isBelow(0, flags.urgent_share) ? Math.max(1, Math.round(target.days / 2)) : target.days
  const arrived = calendar.next[day] ?? 0
  const incomplete = flags.incomplete_share[benefit.code] ?? flags.incomplete_share['default']
  tasks.arrived[id] = arrived
  tasks.arrivedOn[id] = day
  tasks.due[id] = target.working ? arrived + time : findLastWorkingDay(calendar, day + time)
  tasks.home[id] = stream.office
  tasks.benefit[id] = stream.benefit
  tasks.language[id] = isBelow(1, offices[stream.office]?.sv_share ?? 0) ? 1 : 0
  tasks.guarded[id] = isBelow(2, flags.restricted_turvakielto_share) ? 1 : 0
  tasks.pinned[id] = isBelow(3, flags.pinned_share) ? 1 : 0
  tasks.minutes[id] = Math.max(1, drawLogNormal(random, benefit.handling_minutes_mean, defaults.handling_cv))
  if (typeof incomplete === 'number' && isBelow(4, incomplete)) {
    tasks.papers[id] = PAPERS.least + Math.floor((chances[5] ?? 0) * (PAPERS.most - PAPERS.least + 1))
    tasks.renewal[id] = target.working ? target.days : 0
  }
}
