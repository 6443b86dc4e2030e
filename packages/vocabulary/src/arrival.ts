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
  if (arrivedOn < goBack(today, refusedYears)) return 'tooOld'
  return arrivedOn < goBack(today, askedYears) ? 'old' : 'good'
}

/** The same day years ago; that of a leap day comes after all days of its February. */
function goBack(today: IsoDate, years: number): IsoDate {
  return `${String(Number(today.slice(0, 4)) - years).padStart(4, '0')}${today.slice(4)}`
}
