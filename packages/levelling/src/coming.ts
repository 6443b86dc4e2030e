import type { PlanComing } from '@tasain/contracts'

/** What comes in of one kind: mean minutes of work a working day, and working days from arrival to its due date. */
export type ComingRate = Omit<PlanComing, 'inDays' | 'slackDays' | 'minutes'> & {
  readonly minutesPerDay: number
  readonly targetDays: number
}

/** First working day and length of the stretches into which the days ahead are cut, as the time buckets are: COMING_DAYS in all. */
const STRETCHES = [
  { inDays: 1, days: 2 },
  { inDays: 3, days: 4 },
  { inDays: 7, days: 7 },
] as const

/** The work of the coming days, were as much to come in each day as the rates say. Kinds of next to nothing are left out. */
export function expectComing(rates: readonly ComingRate[]): PlanComing[] {
  return rates.flatMap(({ minutesPerDay, targetDays, ...kind }) =>
    STRETCHES.flatMap(({ inDays, days }) => {
      const minutes = Math.round(minutesPerDay * days)
      return minutes > 0 ? [{ ...kind, inDays, slackDays: inDays + targetDays, minutes }] : []
    }),
  )
}
