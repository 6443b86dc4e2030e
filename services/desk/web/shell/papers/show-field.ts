import type { CheckedField } from '@tasain/contracts'
import { formatDate, isBenefit, isIsoDate, isLanguage, type Language } from '@tasain/vocabulary'
import type { ShellTexts } from '../texts.fi.ts'
import { nameBenefit, nameTick } from '../texts.ts'

/** A field's value as people say it; empty where there is none. */
export function showField(field: CheckedField, language: Language, shell: ShellTexts): string {
  const { name, value } = field
  if (name === 'benefit' && isBenefit(value)) return nameBenefit(value, language)
  if (name === 'language' && isLanguage(value)) return shell.languages[value]
  return nameTick(field, shell) ?? (isIsoDate(value) ? formatDate(value) : value)
}
