import type { returnReasons } from '@tasain/contracts'
import { addDays, type Benefit, dueAfterInformation, dueOn, type IsoDate } from '@tasain/vocabulary'

/** Calendar days an applicant may be given at most. */
const longestDeadlineDays = 31

/** Whether papers may be asked for until this day. */
export function isDeadlineAllowed(today: IsoDate, deadlineOn: IsoDate): boolean {
  return deadlineOn > today && deadlineOn <= addDays(today, longestDeadlineDays)
}

type Asking = { benefit: Benefit; arrivedOn: IsoDate; dueOn: IsoDate; requestedOn: IsoDate; deadlineOn: IsoDate }

/** The due date while papers are awaited: only basic social assistance gets a new one, and only when asked in time. */
export function findDueWhileAwaiting(asking: Asking): IsoDate {
  const { benefit, arrivedOn, requestedOn, deadlineOn } = asking
  if (benefit !== 'TO' || requestedOn > dueOn(benefit, arrivedOn)) return asking.dueOn
  return dueAfterInformation({ arrivedOn, requestedOn, deadlineOn })
}

/**
 * Whether a task that comes back for this reason counts as partly handled, so that it stays in its office. Who lacks the
 * skill or the language has only seen that, and it is elsewhere that somebody may have it.
 */
export function isBegun(reason: (typeof returnReasons)[number]): boolean {
  return reason !== 'missing_skill' && reason !== 'language'
}
