import { addDays, addWorkingDays, type Benefit, type IsoDate, isWorkingDay, type Language } from '@tasain/vocabulary'

/** A handler and the days away, both ends included. */
export type Hands = {
  id: string
  officeId: string
  benefits: readonly Benefit[]
  languages: readonly Language[]
  cleared: boolean
  minutesPerDay: number
  absences: readonly { from: IsoDate; to: IsoDate }[]
}

/** Handlers alike in one office; `minutesByDay` runs over the working days asked for. */
export type Pool = {
  office: string
  benefits: Benefit[]
  languages: Language[]
  cleared: boolean
  minutesByDay: number[]
}

/** Today when it is a working day, else the next one, and those after it. */
export function listWorkingDays(today: IsoDate, count: number): IsoDate[] {
  const first = isWorkingDay(today) ? today : addWorkingDays(today, 1)
  return Array.from({ length: count }, (_, index) => addWorkingDays(first, index))
}

/** Minutes of each handler on each day: their own, or none when away. */
export function minutesOn({ minutesPerDay, absences }: Hands, day: IsoDate): number {
  return absences.some(({ from, to }) => from <= day && day <= to) ? 0 : minutesPerDay
}

/** Minutes each office has on this working day or the next. */
export function sumMinutes(hands: readonly Hands[], today: IsoDate): Map<string, number> {
  const [day = today] = listWorkingDays(today, 1)
  const minutes = new Map<string, number>()
  for (const hand of hands) minutes.set(hand.officeId, (minutes.get(hand.officeId) ?? 0) + minutesOn(hand, day))
  return minutes
}

/** Puts handlers alike in one office together, in a fixed order. */
export function poolHands(hands: readonly Hands[], days: readonly IsoDate[]): Pool[] {
  const pools = new Map<string, Pool>()
  for (const hand of hands) {
    const benefits = hand.benefits.toSorted()
    const languages = hand.languages.toSorted()
    const key = JSON.stringify([hand.officeId, benefits, languages, hand.cleared])
    const own = days.map((day) => minutesOn(hand, day))
    const pool = pools.get(key)
    if (pool) pool.minutesByDay = pool.minutesByDay.map((minutes, index) => minutes + (own[index] ?? 0))
    else pools.set(key, { office: hand.officeId, benefits, languages, cleared: hand.cleared, minutesByDay: own })
  }
  return [...pools].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, pool]) => pool)
}

/** Queue days of an office: open minutes by its minutes a working day; null when work waits and nobody is there. */
export function queueDays(openMinutes: number, minutesPerDay: number): number | null {
  if (minutesPerDay > 0) return openMinutes / minutesPerDay
  return openMinutes === 0 ? 0 : null
}

/** The last day that `listWorkingDays` can reach, so that absences are read far enough. */
export function horizonOf(today: IsoDate, count: number): IsoDate {
  return listWorkingDays(today, count).at(-1) ?? addDays(today, count)
}
