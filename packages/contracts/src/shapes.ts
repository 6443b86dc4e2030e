import { isFreeOfHetus, maskHetus } from '@tasain/vocabulary'
import * as z from 'zod'

/** A calendar date in Helsinki, `YYYY-MM-DD`. */
export const isoDate = z.iso.date()
/** An instant in UTC, `2026-11-22T00:00:00.000Z`. */
export const instant = z.iso.datetime({ offset: true })
/** `[x, y, width, height]` in pixels of the upright page image. */
export const box = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type Box = z.infer<typeof box>

/** A whole number as a column of the database holds it. */
export const whole = z.int32()

// Every text in a request is one of the following, an id, a date or one of an enumeration; a service refuses to start
// with a route that takes any other (see `listBareTexts` of the kit).

/** What people write in their own words. An identity code in it is masked, so that none is stored or shown on. */
export const ownWords = (most: number, least = 0) => z.string().trim().min(least).max(most).transform(maskHetus)

/** Words that stay as they are to the letter, such as those printed on a form; identity codes are masked. */
export const exactWords = (most: number) => z.string().max(most).transform(maskHetus)

/** A name or code that machines compare, which masking would break: refused when it is shaped like an identity code. */
export const codeText = (most: number, least = 0) =>
  z.string().min(least).max(most).refine(isFreeOfHetus, { message: 'shaped like an identity code' })

/** Text that must come through as it was sent. Whoever takes it stores nothing of it but encrypted. */
export const openText = (most: number) => z.string().max(most).transform(leaveOpen)

/** The mark of `openText`. */
export function leaveOpen(text: string): string {
  return text
}
