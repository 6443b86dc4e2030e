import { COMING_DAYS, type PlanComing } from '@tasain/contracts/plan'
import { AHEAD, BUCKET_STARTS } from './nation/nation.ts'

/** What comes in of one kind: mean minutes of work a working day, and working days from arrival to its due date. */
export type ComingRate = Omit<PlanComing, 'inDays' | 'slackDays' | 'minutes'> & {
  readonly minutesPerDay: number
  readonly targetDays: number
}

/** First working day and length of the stretches into which the days ahead are cut: the planner's time buckets. */
const STRETCHES = AHEAD.map((t) => {
  const [inDays = 0, next = 0] = BUCKET_STARTS.slice(t)
  return { inDays, days: Math.min(next, COMING_DAYS + 1) - inDays }
})

/** The work of the coming days, were as much to come in each day as the rates say. Kinds of next to nothing are left out. */
export function expectComing(rates: readonly ComingRate[]): PlanComing[] {
  return rates.flatMap(({ minutesPerDay, targetDays, ...kind }) =>
    STRETCHES.flatMap(({ inDays, days }) => {
      const minutes = Math.round(minutesPerDay * days)
      return minutes > 0 ? [{ ...kind, inDays, slackDays: inDays + targetDays, minutes }] : []
    }),
  )
}
