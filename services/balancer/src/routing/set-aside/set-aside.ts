import type { SetAsideCause } from '@tasain/contracts'
import { addDays, type IsoDate, isBenefit, isLanguage, oldestArrival } from '@tasain/vocabulary'
import type { OpenCount } from '../../load/open-work.store.ts'
import { isQueueKey, longestDays, noQueue, officeStep } from '../../receiving/queue-key.ts'
import type { Place } from '../../rules/rule.ts'

/** Open work that no plan can reckon with: it stays where it is and is listed with its cause, and the rest is planned. */
export type SetAside = {
  id: string
  office: string
  homeOffice: string
  benefit: string
  language: string
  restricted: boolean
  /** As the database writes them: `infinity` and years of five digits are possible. */
  arrivedOn: string
  dueOn: string
  minutes: number
  movable: boolean
  queueKey: number
}

/** The days on which work that a plan reckons with has arrived; a clock somewhere may be ahead by a day. */
export function listArrivalDays(today: IsoDate): { first: IsoDate; last: IsoDate } {
  return { first: oldestArrival(today), last: addDays(today, 1) }
}

/** Why a task cannot be planned. */
export function findCause(task: SetAside, offices: ReadonlySet<string>, today: IsoDate): SetAsideCause {
  if (!isBenefit(task.benefit)) return 'unknownBenefit'
  if (!isLanguage(task.language)) return 'unknownLanguage'
  if (!offices.has(task.office) || !offices.has(task.homeOffice)) return 'unknownOffice'
  const { first, last } = listArrivalDays(today)
  const hasArrived = task.arrivedOn >= first && task.arrivedOn <= last
  if (!hasArrived || task.dueOn < task.arrivedOn || task.dueOn > addDays(task.arrivedOn, longestDays)) return 'badDates'
  return 'noQueue'
}

/** The keys of queues that nobody can take from: of no office known, or of no kind of work. */
export function listLostKeys(counts: readonly OpenCount[], numbers: ReadonlySet<number>): number[] {
  const keys = new Set(counts.map(({ queueKey }) => queueKey))
  return [...keys].filter((key) => key !== noQueue && !isSoundKey(key, numbers))
}

/** Whether a key is that of a queue of one of these offices, by number. */
export function isSoundKey(key: number, numbers: ReadonlySet<number>): boolean {
  return isQueueKey(key) && numbers.has(Math.floor(key / officeStep))
}

/** Places that a plan can reckon with: on the globe, and under an id that is no district's or region's. */
export function listSoundPlaces<P extends Place & { lat: number; lon: number }>(places: readonly P[]): P[] {
  const taken = new Set(places.flatMap(({ district, region }) => [district, region]))
  const regions = new Set(places.map(({ region }) => region))
  return places.filter(
    ({ id, district, lat, lon }) =>
      !taken.has(id) && !regions.has(district) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180,
  )
}
