import { type Benefit, getBenefit } from './benefits.ts'
import { addDays, daysBetween, type IsoDate } from './dates.ts'
import { isWorkingDay, toWorkingDay } from './holidays.ts'

/** The working day `count` working days after the date (before it when negative); the date itself for 0. */
export function addWorkingDays(date: IsoDate, count: number): IsoDate {
  const step = Math.sign(count)
  let day = date
  for (let left = Math.abs(count); left > 0; ) {
    day = addDays(day, step)
    if (isWorkingDay(day)) left -= 1
  }
  return day
}

/** Working days after `from` up to and including `to`; negative when `to` is the earlier one. */
export function workingDaysBetween(from: IsoDate, to: IsoDate): number {
  if (to < from) return 0 - workingDaysBetween(to, from)
  const days = daysBetween(from, to)
  let count = 0
  for (let day = 1; day <= days; day += 1) if (isWorkingDay(addDays(from, day))) count += 1
  return count
}

/**
 * The date by which an application must be decided. Basic social assistance: the statutory seven working days, counted from
 * the working day after arrival, where an arrival on a day off counts as one on the next working day. The other benefits:
 * their target in calendar days from arrival.
 */
export function dueOn(benefit: Benefit, arrivedOn: IsoDate): IsoDate {
  const { target } = getBenefit(benefit)
  if ('calendarDays' in target) return addDays(arrivedOn, target.calendarDays)
  return addWorkingDays(toWorkingDay(arrivedOn), target.workingDays)
}

export type InformationRequest = {
  arrivedOn: IsoDate
  /** When the applicant was asked. */
  requestedOn: IsoDate
  /** When the papers came, if they have come. */
  papersOn?: IsoDate | undefined
  /** The last day given for bringing them. */
  deadlineOn: IsoDate
}

/**
 * The due date of basic social assistance after an information request: seven working days after the papers came, or after
 * the deadline expired when they came later or not at all. A request made after the seventh working day moves nothing.
 */
export function dueAfterInformation({ arrivedOn, requestedOn, papersOn, deadlineOn }: InformationRequest): IsoDate {
  const original = dueOn('TO', arrivedOn)
  if (requestedOn > original) return original
  const inTime = papersOn !== undefined && papersOn <= deadlineOn
  return inTime ? dueOn('TO', papersOn) : addWorkingDays(deadlineOn, 7)
}

/** Calendar days from arrival to decision; waiting for information is part of it. */
export function leadTimeDays(arrivedOn: IsoDate, decidedOn: IsoDate): number {
  return daysBetween(arrivedOn, decidedOn)
}

/** Whole working days left to the due date: 0 = due today (or before the next working day), negative when past. */
export function slackDays(today: IsoDate, due: IsoDate): number {
  const days = workingDaysBetween(today, due)
  return due < today ? Math.min(days, -1) : days
}
