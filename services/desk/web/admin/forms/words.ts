import { type DraftField, type FormFault, isCommonField } from '@tasain/contracts'
import type { Language } from '@tasain/vocabulary'
import { nameField } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'

/** What a field is called for people: in its own words, by the common word for it, else as is printed beside it. */
export function sayField({ name, names, label }: DraftField, language: Language): string {
  const printed = names.fi || names.sv || label
  if (!isCommonField(name)) return names[language] || printed || name || adminTexts[language].editor.noName
  // Of several dates or amounts the common word alone does not tell which.
  return nameField({ name, names: { fi: printed, sv: printed, [language]: names[language] } }, language)
}

/** A fault as a sentence. */
export function sayFault(
  { code, key, other = '' }: FormFault,
  fields: readonly DraftField[],
  language: Language,
): string {
  const field = fields.find((one) => one.key === key)
  const clash = code === 'region_on_other' ? fields.find(({ name }) => name === other) : undefined
  return adminTexts[language].faults.say[code](
    field ? sayField(field, language) : '',
    clash ? sayField(clash, language) : other,
  )
}
