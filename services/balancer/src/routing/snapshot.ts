import type { PlanSnapshot, PlanWork } from '@tasain/contracts'
import { type ComingRate, expectComing } from '@tasain/levelling'
import { dueOn, type IsoDate, slackDays, toWorkingDay } from '@tasain/vocabulary'
import type { MeanArrivals } from '../load/arrivals.store.ts'
import { type Hands, listWorkingDays, minutesOn, poolHands, queueDays, sumMinutes } from '../load/capacity.ts'
import type { OpenCount } from '../load/open-work.store.ts'
import type { OfficePlace } from '../offices/offices.store.ts'
import { officeStep, readQueueKey } from '../receiving/queue-key.ts'
import type { QueueDays } from '../rules/obey.ts'
import { toPlanRule, type Version } from '../rules/rule.ts'
import { type LimitBases, listLimits, listUsed, type Sent } from './limits.ts'
import type { SetAside } from './set-aside/set-aside.ts'

export type PlanInput = {
  today: IsoDate
  places: readonly OfficePlace[]
  hands: readonly Hands[]
  work: readonly OpenCount[]
  arrivals: readonly MeanArrivals[]
  rules: readonly Version[]
  /** Open minutes when the day began, of the offices where they were counted. */
  midnight: ReadonlyMap<string, number>
  /** What the planner sent this month; empty when no rule in force limits it. */
  sent: readonly Sent[]
  /** Open work that is left out of all the above, since no plan can reckon with it. */
  setAside: readonly SetAside[]
}

/** Working days whose absences are told to the planner one by one. */
export const plannedDays = 15

/** The nation as the planner takes it. The same input gives the same snapshot, whatever order its rows come in. */
export function buildSnapshot(input: PlanInput): PlanSnapshot {
  const { today, places, hands, work, rules, midnight } = input
  const coming = expectComing(listRates(input).map(({ tasksPerDay: _tasks, ...rate }) => rate))
  const offices = places.map(({ id, district, region, lat, lon }) => {
    const minutesAtMidnight = midnight.get(id)
    return { id, district, region, lat, lon, ...(minutesAtMidnight !== undefined && { minutesAtMidnight }) }
  })
  return {
    version: 1,
    at: today,
    offices,
    pools: listPools(hands, today),
    work: mergeWork(work, places, today),
    ...(coming.length > 0 && { coming }),
    rules: rules.map((rule) => toPlanRule(rule, rules)).toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    used: listUsed(listLimits(rules, measureLimits(input), input.sent)),
  }
}

/** What shares are shares of: where nobody counted at midnight, what lies open now, as the planner takes it too. */
export function measureLimits({ today, places, hands, work, midnight }: PlanInput): LimitBases {
  return { places, rate: sumMinutes(hands, today), open: new Map([...sumOpen(work, places), ...midnight]) }
}

function sumOpen(work: readonly OpenCount[], places: readonly OfficePlace[]): Map<string, number> {
  const byNumber = new Map<number, number>()
  for (const { queueKey, minutes } of work) {
    const number = Math.floor(queueKey / officeStep)
    byNumber.set(number, (byNumber.get(number) ?? 0) + minutes)
  }
  return new Map(places.map(({ id, number }) => [id, Math.max(0, byNumber.get(number) ?? 0)]))
}

/** Queue days of each office before the plan, as its thresholds count them. */
export function measureQueueDays({ today, places, hands, work }: PlanInput): QueueDays {
  const minutes = sumOpen(work, places)
  const capacity = sumMinutes(hands, today)
  return new Map(places.map(({ id }) => [id, queueDays(minutes.get(id) ?? 0, capacity.get(id) ?? 0)]))
}

function listPools(hands: readonly Hands[], today: IsoDate): PlanSnapshot['pools'] {
  const days = listWorkingDays(today, plannedDays)
  const pools = poolHands(hands, days)
  // Beyond the days known everybody is reckoned to be there who is there on one of them.
  const usual = poolHands(
    hands.map((hand) => (days.some((day) => minutesOn(hand, day) > 0) ? { ...hand, absences: [] } : hand)),
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

/** A power of two, so that a sum's key stays exact; slack beyond half of it is the same to the planner. */
const slackSpan = 8_192

/** Open work as the planner tells it apart: by queue, slack, and whether it may be sent on; in that order. */
function mergeWork(counts: readonly OpenCount[], places: readonly OfficePlace[], today: IsoDate): PlanWork[] {
  const slackOf = new Map<IsoDate, number>()
  const sums = new Map<number, { minutes: number; tasks: number }>()
  const add = (key: number, minutes: number, tasks: number) => {
    const sum = sums.get(key)
    if (sum) {
      sum.minutes += minutes
      sum.tasks += tasks
    } else if (minutes !== 0 || tasks !== 0) sums.set(key, { minutes, tasks })
  }
  for (const { queueKey, dueOn, minutes, tasks, movableMinutes, movableTasks } of counts) {
    const slack = slackOf.get(dueOn) ?? clampSlack(slackDays(today, dueOn))
    slackOf.set(dueOn, slack)
    const key = queueKey * 2 * slackSpan + slack + slackSpan / 2
    add(key, minutes - movableMinutes, tasks - movableTasks)
    add(key + slackSpan, movableMinutes, movableTasks)
  }
  const offices = new Map(places.map(({ id, number }) => [number, id]))
  return [...Float64Array.from(sums.keys()).sort()].flatMap((key): PlanWork[] => {
    const sum = sums.get(key) ?? { minutes: 0, tasks: 0 }
    const [minutes, tasks] = [Math.max(0, sum.minutes), Math.max(0, sum.tasks)]
    const kind = Math.floor(key / slackSpan)
    const { officeNumber, benefit, language, restricted } = readQueueKey(Math.floor(kind / 2))
    const office = offices.get(officeNumber)
    if (office === undefined || (minutes === 0 && tasks === 0)) return []
    const slack = (key % slackSpan) - slackSpan / 2
    return [
      { office, benefit, language, slackDays: slack, minutes, tasks, movable: kind % 2 === 1, protected: restricted },
    ]
  })
}

function clampSlack(days: number): number {
  return Math.max(-slackSpan / 2, Math.min(slackSpan / 2 - 1, days))
}

/** What is likely to come in of one kind, with its tasks a working day. */
export type Rate = ComingRate & Pick<MeanArrivals, 'tasksPerDay'>

/** What is likely to come in, by queue. Its time is that of work arriving on the day from which days are counted. */
export function listRates({ arrivals, places, today }: Pick<PlanInput, 'arrivals' | 'places' | 'today'>): Rate[] {
  const offices = new Map(places.map(({ id, number }) => [number, id]))
  const day = toWorkingDay(today)
  return arrivals
    .toSorted((one, other) => one.queueKey - other.queueKey)
    .flatMap(({ queueKey, tasksPerDay, minutesPerDay }) => {
      const { officeNumber, benefit, language, restricted } = readQueueKey(queueKey)
      const office = offices.get(officeNumber)
      const targetDays = slackDays(day, dueOn(benefit, day))
      return office === undefined
        ? []
        : [{ office, benefit, language, protected: restricted, tasksPerDay, minutesPerDay, targetDays }]
    })
}
