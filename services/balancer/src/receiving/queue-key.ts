import { type Benefit, benefits, type Language, languages } from '@tasain/vocabulary'

/** Where a task waits: what handlers of an office must be able to do is one whole number, so that one index serves all. */
export type Waiting = { officeNumber: number; benefit: Benefit; language: Language; restricted: boolean }

const officeStep = 1_000
const benefitStep = 10
const languageStep = 2

export function queueKey({ officeNumber, benefit, language, restricted }: Waiting): number {
  const place = officeNumber * officeStep + benefits.indexOf(benefit) * benefitStep
  return place + languages.indexOf(language) * languageStep + (restricted ? 1 : 0)
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
