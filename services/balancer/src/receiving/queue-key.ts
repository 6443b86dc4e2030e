import { type Benefit, benefits, type Language, languages } from '@tasain/vocabulary'

/** Where a task waits: what handlers of an office must be able to do is one whole number, so that one index serves all. */
export type Waiting = { officeNumber: number; benefit: Benefit; language: Language; restricted: boolean }

/** Keys an office has: its number is a key divided by this. */
export const officeStep = 1_000
export const benefitStep = 10
const languageStep = 2

/** The queue of nobody: work that is of no known kind, or lies in no known office, waits there until it is mended. */
export const noQueue = 0
/** The most days from arrival to due date of work in a queue, as the table checks. */
export const longestDays = 366
const officesMost = 9_999

/** The queue of such work; `noQueue` when nothing known stands behind a part of it, so that no other's key comes out. */
export function queueKey({ officeNumber, benefit, language, restricted }: Waiting): number {
  const [ofBenefit, ofLanguage] = [benefits.indexOf(benefit), languages.indexOf(language)]
  const isKnown = ofBenefit >= 0 && ofLanguage >= 0 && officeNumber >= 1 && officeNumber <= officesMost
  if (!isKnown) return noQueue
  return officeNumber * officeStep + ofBenefit * benefitStep + ofLanguage * languageStep + (restricted ? 1 : 0)
}

/** Whether a key is that of some queue, whoever's. */
export function isQueueKey(key: number): boolean {
  const ofLanguage = Math.floor((key % benefitStep) / languageStep)
  return key >= officeStep && ofLanguage < languages.length && key % officeStep < benefits.length * benefitStep
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
    .filter((key) => key !== noQueue)
    .toSorted((one, other) => one - other)
}
