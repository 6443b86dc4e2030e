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

/** What people call a field: as its form says, else the common word for it, else its name. */
export function nameField({ name, names }: Named, language: Language): string {
  const common: Readonly<Record<string, string>> = shellTexts[language].fields
  return names?.[language] || (common[name] ?? name)
}

/** Whether a box is ticked, in words; undefined for any other field. */
export function nameTick({ type, value }: Pick<CheckedField, 'type' | 'value'>, t: ShellTexts): string | undefined {
  return type === 'tick' && (value === 'on' || value === 'off') ? t.ticks[value] : undefined
}

/** The keys of a dictionary in the order it was written, with their type. */
export function listKeys<K extends string>(dictionary: Readonly<Record<K, string>>): K[] {
  return Object.keys(dictionary) as K[]
}
