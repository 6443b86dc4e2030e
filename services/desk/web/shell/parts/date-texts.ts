import { formatDate } from '@tasain/vocabulary'
import type { shellTexts } from '../texts.ts'

export type DateProps = {
  label: string
  description?: string
  /** `YYYY-MM-DD`, or null when there is none. */
  value: string | null
  onChange: (value: string | null) => void
  min?: string | undefined
  max?: string | undefined
  required?: boolean
  error?: string | undefined
}

/** Whether a text has the form of a day, whether or not there is such a day. */
export function isDayAsTyped(text: unknown): boolean {
  return typeof text === 'string' && /^\s*\d{1,2}\.\d{1,2}\.\d{4}\s*$/.test(text)
}

/** What to do about a day outside its limits. */
export function describeLimits(
  t: (typeof shellTexts)['fi']['form'],
  min: string | undefined,
  max: string | undefined,
): string {
  if (min && max) return t.dateRange(formatDate(min), formatDate(max))
  if (min) return t.dateFrom(formatDate(min))
  return max ? t.dateTo(formatDate(max)) : t.date
}
