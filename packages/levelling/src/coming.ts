import { COMING_DAYS, type PlanComing } from '@tasain/contracts/plan'

/** What comes in of one kind: mean minutes of work a working day, and working days from arrival to its due date. */
export type ComingRate = Omit<PlanComing, 'inDays' | 'slackDays' | 'minutes'> & {
  readonly minutesPerDay: number
  readonly targetDays: number
}

/**
 * The days ahead in two stretches: the first six as if all came on the third, the others as if on the seventh, where time buckets
 * of the planner begin. Finer ones take longer to plan with and lead to no better plans (decision 0016).
 */
const STRETCHES = [
  { inDays: 3, days: 6 },
  { inDays: 7, days: COMING_DAYS - 6 },
]

/** The work of the coming days, were as much to come in each day as the rates say. Kinds of next to nothing are left out. */
export function expectComing(rates: readonly ComingRate[]): PlanComing[] {
  return rates.flatMap(({ minutesPerDay, targetDays, ...kind }) =>
    STRETCHES.flatMap(({ inDays, days }) => {
      const minutes = Math.round(minutesPerDay * days)
      return minutes > 0 ? [{ ...kind, inDays, slackDays: inDays + targetDays, minutes }] : []
    }),
  )
}
