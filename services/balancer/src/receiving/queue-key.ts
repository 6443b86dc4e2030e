import { type Benefit, benefits, type Language, languages } from '@tasain/vocabulary'

/** Where a task waits: what handlers of an office must be able to do is one whole number, so that one index serves all. */
export type Waiting = { officeNumber: number; benefit: Benefit; language: Language; restricted: boolean }

/** Keys an office has: its number is a key divided by this. */
export const officeStep = 1_000
export const benefitStep = 10
const languageStep = 2

export function queueKey({ officeNumber, benefit, language, restricted }: Waiting): number {
  const place = officeNumber * officeStep + benefits.indexOf(benefit) * benefitStep
  return place + languages.indexOf(language) * languageStep + (restricted ? 1 : 0)
}

/** What a queue key says, for a benefit and language that are known. @throws when it is nobody's key. */
export function readQueueKey(key: number): Waiting {
  const benefit = benefits[Math.floor((key % officeStep) / benefitStep)]
  const language = languages[Math.floor((key % benefitStep) / languageStep)]
  if (benefit === undefined || language === undefined) throw new Error(`${key} is not a queue`)
  return { officeNumber: Math.floor(key / officeStep), benefit, language, restricted: isRestrictedKey(key) }
}

/** Whether the work that waits there is of people under protection. */
export function isRestrictedKey(key: number): boolean {
  return key % 2 === 1
}

/** First and last key of an office. */
export function queueKeyRange(officeNumber: number): { first: number; last: number } {
  return { first: officeNumber * officeStep, last: officeNumber * officeStep + officeStep - 1 }
}

export type Abilities = {
  officeNumber: number
  benefits: readonly Benefit[]
  languages: readonly Language[]
  cleared: boolean
}

/** Every queue a handler may take from. */
export function listQueueKeys({ officeNumber, benefits: able, languages: spoken, cleared }: Abilities): number[] {
  const kinds = able.flatMap((benefit) => spoken.map((language) => ({ officeNumber, benefit, language })))
  return kinds
    .flatMap((kind) => (cleared ? [false, true] : [false]).map((restricted) => queueKey({ ...kind, restricted })))
    .toSorted((one, other) => one - other)
}
