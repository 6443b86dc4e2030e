import { addDays, addWorkingDays, type Benefit, benefits, getBenefit, type IsoDate } from '@tasain/vocabulary'

/** Work due by then has used up its share of the target time. */
export type LateFrom = { benefit: Benefit; until: IsoDate }

/** By benefit the last due date of work that has used a share (0 to 1) of its target time by today. */
export function listLateDates(today: IsoDate, share: number): LateFrom[] {
  return benefits.map((benefit) => {
    const { target } = getBenefit(benefit)
    // A thousandth of a day less than a whole one is binary fractions, not time.
    const left = (days: number) => Math.floor(days * (1 - share) + 0.001)
    const until =
      'workingDays' in target
        ? addWorkingDays(today, left(target.workingDays))
        : addDays(today, left(target.calendarDays))
    return { benefit, until }
  })
}
