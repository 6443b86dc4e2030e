import type { PlanSnapshot, PlanWork } from '@tasain/contracts'
import { type Benefit, type IsoDate, type Language, slackDays } from '@tasain/vocabulary'
import { type Hands, listWorkingDays, poolHands, queueDays, sumMinutes } from '../load/capacity.ts'
import type { OpenCount } from '../load/open-work.store.ts'
import type { OfficePlace } from '../offices/offices.store.ts'
import { readQueueKey } from '../receiving/queue-key.ts'
import type { QueueDays } from '../rules/obey.ts'
import { toPlanRule, type Version } from '../rules/rule.ts'
import { type LimitBases, listLimits, listUsed, type Sent } from './limits.ts'

/** Open work alike: of one office, benefit, language and due date, all of it movable or none. */
export type WorkRow = {
  office: string
  benefit: Benefit
  language: Language
  dueOn: IsoDate
  restricted: boolean
  movable: boolean
  minutes: number
  tasks: number
}

export type PlanInput = {
  today: IsoDate
  places: readonly OfficePlace[]
  hands: readonly Hands[]
  work: readonly WorkRow[]
  rules: readonly Version[]
  /** Open minutes by office when the day began; empty when nobody counted them. */
  midnight: ReadonlyMap<string, number>
  /** What the planner sent this month; empty when no rule in force limits it. */
  sent: readonly Sent[]
}

/** The counts as the planner tells work apart: what it may send on, and what is bound to its office. */
export function listWork(counts: readonly OpenCount[], places: readonly OfficePlace[]): WorkRow[] {
  const queues = new Map<number, Pick<WorkRow, 'office' | 'benefit' | 'language' | 'restricted'>>()
  const offices = new Map(places.map(({ id, number }) => [number, id]))
  const getQueue = (key: number) => {
    const known = queues.get(key)
    if (known) return known
    const { officeNumber, benefit, language, restricted } = readQueueKey(key)
    const queue = { office: offices.get(officeNumber) ?? '', benefit, language, restricted }
    queues.set(key, queue)
    return queue
  }
  return counts.flatMap(({ queueKey, dueOn, tasks, minutes, movableTasks, movableMinutes }) => {
    const queue = getQueue(queueKey)
    const free = { ...queue, dueOn, movable: true, minutes: movableMinutes, tasks: movableTasks }
    const bound = { ...queue, dueOn, movable: false, minutes: minutes - movableMinutes, tasks: tasks - movableTasks }
    return [free, bound].filter((row) => row.tasks !== 0 || row.minutes !== 0)
  })
}

/** Working days whose absences are told to the planner one by one. */
export const plannedDays = 15

/** The nation as the planner takes it. The same input gives the same snapshot, whatever order its rows come in. */
export function buildSnapshot(input: PlanInput): PlanSnapshot {
  const { today, places, hands, work, rules, midnight } = input
  const offices = places.map(({ id, district, region, lat, lon }) => {
    const minutesAtMidnight = midnight.get(id)
    return { id, district, region, lat, lon, ...(minutesAtMidnight !== undefined && { minutesAtMidnight }) }
  })
  return {
    version: 1,
    at: today,
    offices,
    pools: listPools(hands, today),
    work: mergeWork(work, today),
    rules: rules.map((rule) => toPlanRule(rule, rules)).toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    used: listUsed(listLimits(rules, measureLimits(input), input.sent)),
  }
}

/** What shares are shares of. */
export function measureLimits({ today, places, hands, work, midnight }: PlanInput): LimitBases {
  const rate = sumMinutes(hands, listWorkingDays(today, 1)[0] ?? today)
  return { places, rate, open: midnight.size > 0 ? midnight : sumOpen(work) }
}

function sumOpen(work: readonly WorkRow[]): Map<string, number> {
  const minutes = new Map<string, number>()
  for (const row of work) minutes.set(row.office, (minutes.get(row.office) ?? 0) + row.minutes)
  return minutes
}

/** Queue days of each office before the plan, as its thresholds count them. */
export function measureQueueDays({ today, places, hands, work }: PlanInput): QueueDays {
  const minutes = sumOpen(work)
  const capacity = sumMinutes(hands, listWorkingDays(today, 1)[0] ?? today)
  return new Map(places.map(({ id }) => [id, queueDays(minutes.get(id) ?? 0, capacity.get(id) ?? 0)]))
}

function listPools(hands: readonly Hands[], today: IsoDate): PlanSnapshot['pools'] {
  const days = listWorkingDays(today, plannedDays)
  const pools = poolHands(hands, days)
  // Beyond the days with known absences everybody is reckoned to be there.
  const usual = poolHands(
    hands.map((hand) => ({ ...hand, absences: [] })),
    days.slice(0, 1),
  )
  return pools.map(({ office, benefits, languages, cleared, minutesByDay }, index) => ({
    office,
    benefits,
    languages,
    cleared,
    minutesPerDay: minutesByDay[0] ?? 0,
    minutesByDay: [...minutesByDay.slice(1), usual[index]?.minutesByDay[0] ?? 0],
  }))
}

function mergeWork(rows: readonly WorkRow[], today: IsoDate): PlanWork[] {
  const slackOf = new Map<IsoDate, number>()
  const merged = new Map<string, PlanWork>()
  for (const { office, benefit, language, dueOn, restricted, movable, minutes, tasks } of rows) {
    const slack = slackOf.get(dueOn) ?? slackDays(today, dueOn)
    slackOf.set(dueOn, slack)
    const key = [office, benefit, language, String(slack + 100_000), restricted, movable].join('|')
    const same = merged.get(key)
    if (same) {
      same.minutes += minutes
      same.tasks += tasks
    } else
      merged.set(key, { office, benefit, language, slackDays: slack, minutes, tasks, movable, protected: restricted })
  }
  const sums = [...merged].filter(([, { minutes, tasks }]) => minutes > 0 || tasks > 0)
  return sums.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, work]) => work)
}
