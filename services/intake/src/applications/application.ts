import { isDeepStrictEqual } from 'node:util'
import type { ApplicationState, PageQuestion, PageState, Snapshot } from '@tasain/contracts'
import { type Benefit, dueOn, isBenefit, isIsoDate, isLanguage, type Language } from '@tasain/vocabulary'
import type { IndexField } from '../indexing/fields.ts'

/** What an application is about, as far as it is known. */
export type Subject = {
  benefit: Benefit | null
  language: Language | null
  arrivedOn: string | null
  dueOn: string | null
  identified: boolean
  applicantIndex: string | null
  /** Five digits, from a postal code that can be trusted. */
  postalCode: string | null
}

/** Reads off the fields what the application is about; a doubtful reading of a field counts as not known. */
export function describeSubject(fields: readonly IndexField[]): Subject {
  const known = new Map(fields.filter(isTrusted).map((field) => [field.name, field]))
  const textOf = (name: string) => known.get(name)?.value ?? ''
  const [benefitText, languageText, arrived] = [textOf('benefit'), textOf('language'), textOf('arrivedOn')]
  const benefit = isBenefit(benefitText) ? benefitText : null
  const language = isLanguage(languageText) ? languageText : null
  const arrivedOn = isIsoDate(arrived) ? arrived : null
  const applicantIndex = known.get('hetu')?.identity_index ?? null
  return {
    benefit,
    language,
    arrivedOn,
    dueOn: benefit && arrivedOn && dueOn(benefit, arrivedOn),
    identified: applicantIndex !== null,
    applicantIndex,
    postalCode: /^\d{5}/.exec(textOf('postal'))?.[0] ?? null,
  }
}

/**
 * An application whose pages may all be there twice, but for blank ones, waits for a clerk: else one paper would be two tasks.
 * @param handedOver whether it has been handed over before: then it never goes back to waiting.
 */
export function decideState(
  subject: Subject,
  pages: readonly { state: PageState; asked: PageQuestion | null }[],
  handedOver: boolean,
): ApplicationState {
  if (!handedOver && pages.some(({ state }) => state === 'stored')) return 'reading'
  if (!handedOver && isPerhapsCopy(pages.map(({ asked }) => asked))) return 'incomplete'
  if (!subject.benefit || !subject.language || !subject.arrivedOn) return 'incomplete'
  return subject.identified ? 'handed_over' : 'unidentified'
}

function isPerhapsCopy(asked: readonly (PageQuestion | null)[]): boolean {
  return asked.includes('same_page') && asked.every((question) => question === 'same_page' || question === 'blank')
}

/** Complete enough to be worked on: a task is made of it, claimable once somebody is identified. */
export function isComplete(state: ApplicationState): boolean {
  return state === 'handed_over' || state === 'unidentified'
}

/** The next version when anything that the balancer knows of has changed; undefined when nothing has. */
export function findNextVersion(
  content: Omit<Snapshot, 'version'>,
  previous: Snapshot | undefined,
): Snapshot | undefined {
  if (!previous) return { ...content, version: 1 }
  const next = { ...content, version: previous.version }
  return isDeepStrictEqual(next, previous) ? undefined : { ...content, version: previous.version + 1 }
}

function isTrusted(field: IndexField): boolean {
  return field.status === 'sure' || field.source === 'clerk'
}
