import { isAlike } from '../../recognition/fields/wording.ts'
import type { KeptField } from '../../schema.ts'

export type ComparedPage = { readonly fields: Readonly<Record<string, KeptField>> }

/** So many values in common make two pages of a form the same. */
const leastShared = 3
/** Words read twice from the same page differ by no more than this share of their letters. */
const misread = 0.25

/**
 * Whether two pages of the same form say the same, as when a sheet went through the scanner twice. The identity code or
 * the account number must be surely the same, and nothing else may differ by more than misreading: figures and dates not at
 * all, for somebody who applies again changes only those.
 */
export function isSamePage(one: ComparedPage, other: ComparedPage): boolean {
  let shared = 0
  let isSamePerson = false
  for (const [name, field] of Object.entries(one.fields)) {
    const twin = other.fields[name]
    if (twin === undefined) continue
    if (field.identity_index !== null && twin.identity_index !== null) {
      if (field.identity_index !== twin.identity_index) return false
      isSamePerson = true
      shared += 1
    } else if (field.value && twin.value) {
      if (!isSameValue(field.value, twin.value)) return false
      isSamePerson ||= name === 'iban' && field.status === 'sure' && twin.status === 'sure'
      shared += 1
    } else if (Boolean(field.value) !== Boolean(twin.value)) return false
  }
  return isSamePerson && shared >= leastShared
}

function isSameValue(one: string, other: string): boolean {
  if (/\d/.test(one) || /\d/.test(other)) return one.replace(/\s/g, '') === other.replace(/\s/g, '')
  return isAlike(one, other, misread)
}
