import { type DraftField, type FormFault, isCommonField } from '@tasain/contracts'
import type { Language } from '@tasain/vocabulary'
import { shellTexts } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'

/** What a field is called for people: in its own words, by the common word for it, else as is printed beside it. */
export function sayField({ name, names, label }: DraftField, language: Language): string {
  const common = isCommonField(name) ? shellTexts[language].fields[name] : ''
  return names[language] || common || label || name || adminTexts[language].editor.noName
}

/** A fault as a sentence. */
export function sayFault(
  { code, key, other = '' }: FormFault,
  fields: readonly DraftField[],
  language: Language,
): string {
  const field = fields.find((one) => one.key === key)
  const clash = fields.find(({ name }) => name === other)
  return adminTexts[language].faults.say[code](
    field ? sayField(field, language) : '',
    clash ? sayField(clash, language) : other,
  )
}
