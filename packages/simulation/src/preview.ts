import type { PlanRule, PlanSnapshot } from '@tasain/contracts'

/** What comes in on a mean working day: `perDay` tasks of `minutes` effort each, due `targetDays` working days later. */
export type PreviewArrivals = {
  office: string
  benefit: string
  language: string
  perDay: number
  minutes: number
  targetDays: number
}

export type PreviewRequest = {
  /** The nation now, with the rules in force. */
  snapshot: PlanSnapshot
  arrivals: readonly PreviewArrivals[]
  /** The whole rule set as it would be. */
  rulesAfter: readonly PlanRule[]
  weeks: number
  seed: number
}

/**
 * What the weeks would bring. `queueDays`: open minutes ÷ minutes per working day at the end of each week, one decimal,
 * null = endless. `pastDue`: share (0 to 1) of the tasks open or come in that were past their due date when decided or
 * still open past it at the end.
 */
export type Outlook = {
  offices: { office: string; queueDays: (number | null)[]; movedIn: number; movedOut: number; pastDue: number }[]
  nation: { queueDays: (number | null)[]; moved: number; pastDue: number; tasks: number }
}

/** Simulates the coming weeks twice, under the rules in force and under `rulesAfter`, with the same arrivals. */
export function previewRules(request: PreviewRequest): { before: Outlook; after: Outlook } {
  throw new Error(`The preview of ${request.weeks} weeks is still being built.`)
}
