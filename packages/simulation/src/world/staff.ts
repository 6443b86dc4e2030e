import type { IsoDate } from '@tasain/vocabulary'
import type { Calendar } from './calendar.ts'
import { makeRandom, type Random } from './random.ts'
import type { Scenario, ScenarioOffice } from './scenario.ts'
import type { WorldPool } from './world.ts'

/** Fewer people than this are not drawn for an office that has as many: a small scale would leave it without skills. */
const LEAST_STAFF = 10
/** Working days an illness takes on average, and a leave outside the months when many are away. */
const ILLNESS_DAYS = 3
const LEAVE_DAYS = 5

type Handler = { groups: string[]; swedish: boolean; cleared: boolean }

/** The people of an office as pools; minutes are those of the scenario's `fte`, absences by the seed. */
export function staffOffice(scenario: Scenario, office: number, calendar: Calendar, seed: number): WorldPool[] {
  const at = scenario.offices[office]
  if (at === undefined) return []
  const { scale, minutes_per_day: day, decision_share_of_day: decided } = scenario.defaults
  const fte = at.fte * (scenario.capacity === undefined ? scale : 1)
  const staff = drawStaff(scenario, at, Math.max(Math.min(Math.round(at.fte), LEAST_STAFF), Math.round(fte)), seed)
  const each = (fte * day * decided) / staff.length
  const ill = listIllness(scenario, calendar)
  const pools = new Map<string, WorldPool>()
  staff.forEach((handler, number) => {
    const key = JSON.stringify(handler)
    const pool = pools.get(key) ?? makePool(scenario, office, handler, ill.length)
    pools.set(key, pool)
    addHandler(pool, each, drawLeave(scenario, calendar, makeRandom(seed, 'leave', at.id, number)), ill, {
      random: makeRandom(seed, 'illness', at.id, number),
      usual: scenario.absence.sick_mean,
    })
  })
  return [...pools.values()]
}

function makePool(scenario: Scenario, office: number, handler: Handler, days: number): WorldPool {
  const skilled = new Set(handler.groups)
  return {
    office,
    benefits: Uint8Array.from(scenario.benefits.flatMap((each, i) => (skilled.has(each.skill_group) ? [i] : []))),
    languages: Uint8Array.from(handler.swedish ? [0, 1] : [0]),
    cleared: handler.cleared,
    minutes: new Float64Array(days),
    expected: new Float64Array(days),
  }
}

/** Everybody learns some groups, sooner those that are much of what comes in there. */
function drawStaff(scenario: Scenario, office: ScenarioOffice, size: number, seed: number): Handler[] {
  const random = makeRandom(seed, 'staff', office.id)
  const wanted = new Map<string, number>()
  for (const benefit of scenario.benefits) {
    const minutes = (office.arrivals_per_year[benefit.code] ?? 0) * benefit.handling_minutes_mean
    wanted.set(benefit.skill_group, (wanted.get(benefit.skill_group) ?? 0) + minutes)
  }
  const { handler_sv_share_in_sv_offices: many, handler_sv_share_elsewhere: few } = scenario.languages
  const swedish = office.sv_share >= 0.06 ? many : few
  const staff = Array.from({ length: Math.max(1, size) }, () => {
    const most = Math.min(wanted.size, drawGroupCount(scenario, random))
    const groups = drawGroups(wanted, most, random)
    const [speaks, cleared] = [random() < swedish, random() < scenario.skills.restricted_clearance_share]
    return { groups, swedish: speaks, cleared }
  })
  if (scenario.skills.cover_home) coverHome(staff, [...wanted.keys()], office.sv_share > 0)
  return staff
}

function drawGroupCount(scenario: Scenario, random: Random): number {
  const chances = Object.entries(scenario.skills.groups_per_handler)
  let left = random() * chances.reduce((sum, [, chance]) => sum + chance, 0)
  for (const [count, chance] of chances) {
    left -= chance
    if (left < 0) return Number(count)
  }
  return 1
}

/** So many different groups, each by the share of the office's work that it is. */
function drawGroups(wanted: ReadonlyMap<string, number>, count: number, random: Random): string[] {
  const order = [...wanted].map(([group, minutes]) => ({
    group,
    rank: -Math.log(1 - random()) / Math.max(1e-9, minutes),
  }))
  return order
    .sort((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ group }) => group)
    .sort()
}

function coverHome(staff: Handler[], groups: readonly string[], needsSwedish: boolean): void {
  for (const group of groups) {
    let able = staff.filter((handler) => handler.groups.includes(group))
    if (able.length === 0) {
      able = [...staff].sort((a, b) => a.groups.length - b.groups.length).slice(0, 1)
      for (const handler of able) handler.groups = [...handler.groups, group].sort()
    }
    const first = able[0]
    if (needsSwedish && first !== undefined && !able.some(({ swedish }) => swedish)) first.swedish = true
  }
}

/** The share of people ill, by working day. */
function listIllness(scenario: Scenario, calendar: Calendar): number[] {
  const added = scenario.shocks.filter((shock) => shock.absence_add !== undefined)
  return calendar.dates.map((_, day) => {
    const week = Math.floor((calendar.offsets[day] ?? 0) / 7) + 1
    const more = added.filter(({ weeks }) => weeks !== undefined && weeks[0] <= week && week <= weeks[1])
    return scenario.absence.sick_mean + more.reduce((sum, shock) => sum + (shock.absence_add ?? 0), 0)
  })
}

/** Leave is known long before: one block a month at most, by the month's share. 1 = away, by working day. */
function drawLeave(scenario: Scenario, calendar: Calendar, random: Random): Uint8Array {
  const away = new Uint8Array(calendar.dates.length)
  for (let from = 0; from < away.length; ) {
    const month = monthOf(calendar.dates[from])
    let to = from
    while (to < away.length && monthOf(calendar.dates[to]) === month) to += 1
    const share = scenario.absence.leave_by_month[month] ?? 0
    const mean = share * (to - from)
    const length = Math.min(to - from, Math.max(LEAVE_DAYS, Math.round(mean / 0.6)))
    const [goes, where] = [random(), random()]
    if (length > 0 && goes < mean / length) {
      const first = from + Math.floor(where * (to - from - length + 1))
      away.fill(1, first, first + length)
    }
    from = to
  }
  return away
}

function monthOf(date: IsoDate | undefined): number {
  return Number((date ?? '').slice(5, 7)) - 1
}

type Illness = { random: Random; usual: number }

function addHandler(
  pool: WorldPool,
  minutes: number,
  leave: Uint8Array,
  ill: readonly number[],
  { random, usual }: Illness,
): void {
  let illFor = random() < usual ? 1 + Math.floor(random() * ILLNESS_DAYS) : 0
  for (let day = 0; day < leave.length; day += 1) {
    const share = ill[day] ?? 0
    if (illFor === 0 && random() < share / ((1 - share) * ILLNESS_DAYS))
      illFor = 1 + Math.floor(random() * (2 * ILLNESS_DAYS - 1))
    const isIll = illFor > 0
    if (isIll) illFor -= 1
    if (leave[day] === 1) continue
    pool.expected[day] = (pool.expected[day] ?? 0) + minutes * (1 - usual)
    if (!isIll) pool.minutes[day] = (pool.minutes[day] ?? 0) + minutes
  }
}
