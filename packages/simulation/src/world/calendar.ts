import { addDays, type IsoDate, isWorkingDay, weekday } from '@tasain/vocabulary'

/** Working days by number, 0 the first simulated; those after `length` are known so that due dates have a day. */
export type Calendar = {
  start: IsoDate
  /** Working days simulated. */
  length: number
  dates: IsoDate[]
  /** Calendar days from `start`, by working day. */
  offsets: Int32Array
  /** By calendar day from `start`: the number of the first working day on or after it. */
  next: Int32Array
}

/** Working days known beyond the last one simulated. */
const BEYOND = 90

export function makeCalendar(start: IsoDate, weeks: number): Calendar {
  const dates: IsoDate[] = []
  const offsets: number[] = []
  const next: number[] = []
  let length = 0
  for (let day = 0; day < weeks * 7 || dates.length < length + BEYOND; day += 1) {
    const date = addDays(start, day)
    next.push(dates.length)
    if (isWorkingDay(date)) {
      dates.push(date)
      offsets.push(day)
    }
    if (day < weeks * 7) length = dates.length
  }
  return { start, length, dates, offsets: Int32Array.from(offsets), next: Int32Array.from(next) }
}

/** The Monday of ISO week 1. */
export function startOfYear(year: number): IsoDate {
  const fourth = `${String(year).padStart(4, '0')}-01-04`
  return addDays(fourth, 1 - weekday(fourth))
}

/** The last working day on or before the calendar day `offset`; -1 when that lies before the start. */
export function findLastWorkingDay(calendar: Calendar, offset: number): number {
  const next = calendar.next[Math.min(offset, calendar.next.length - 1)] ?? 0
  return calendar.offsets[next] === offset ? next : next - 1
}
