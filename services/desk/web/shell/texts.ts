import type { CheckedField } from '@tasain/contracts'
import { type Benefit, getBenefit, type Language } from '@tasain/vocabulary'
import type { Dictionary } from './language/language.tsx'
import { fi, type ShellTexts } from './texts.fi.ts'
import { sv } from './texts.sv.ts'

export const shellTexts: Dictionary<ShellTexts> = { fi, sv }

export function nameBenefit(benefit: Benefit, language: Language): string {
  return getBenefit(benefit).names[language]
}

type Named = Pick<CheckedField, 'name' | 'names'>

/** Common words that say little by themselves: a form may have any date or amount. */
const vague: readonly string[] = ['date', 'date2', 'amount', 'amount2', 'free']

/**
 * What people call a field: as its form says in the reader's language, else the common word for it, a vague one with what
 * the form says in another language; else that, else its name.
 */
export function nameField({ name, names }: Named, language: Language): string {
  const known: Readonly<Record<string, string>> = shellTexts[language].fields
  const common = known[name]
  const other = Object.values<string>(names ?? {}).find((words) => words !== '') ?? ''
  if (names?.[language]) return names[language]
  if (common === undefined) return other || name
  return vague.includes(name) && other !== '' ? `${common} (${other})` : common
}

/** Whether a box is ticked, in words; undefined for any other field. */
export function nameTick({ type, value }: Pick<CheckedField, 'type' | 'value'>, t: ShellTexts): string | undefined {
  return type === 'tick' && (value === 'on' || value === 'off') ? t.ticks[value] : undefined
}

/** The keys of a dictionary in the order it was written, with their type. */
export function listKeys<K extends string>(dictionary: Readonly<Record<K, string>>): K[] {
  return Object.keys(dictionary) as K[]
}
