import type { IsoDate } from './dates.ts'

/** Calendar years after which a date of arrival is asked about, and after which it is taken for an error. */
const askedYears = 1
const refusedYears = 5

/**
 * What to think of a date of arrival: papers have arrived by today; what arrived more than a year ago is asked about, and
 * what arrived more than five years ago is an error in writing.
 */
export function judgeArrival(arrivedOn: IsoDate, today: IsoDate): 'good' | 'old' | 'tooOld' | 'future' {
  if (arrivedOn > today) return 'future'
  if (arrivedOn < oldestArrival(today)) return 'tooOld'
  return arrivedOn < goBack(today, askedYears) ? 'old' : 'good'
}

/** The first day on which something can have arrived: what is older is an error in writing. */
export function oldestArrival(today: IsoDate): IsoDate {
  return goBack(today, refusedYears)
}

/** The same day one or five years ago; for a leap day the first of March, since no such year has one. */
function goBack(today: IsoDate, years: number): IsoDate {
  const day = today.slice(4) === '-02-29' ? '-03-01' : today.slice(4)
  return `${String(Number(today.slice(0, 4)) - years).padStart(4, '0')}${day}`
}
