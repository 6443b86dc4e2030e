import { type Benefit, getBenefit, type Language } from '@tasain/vocabulary'
import type { Dictionary } from './language/language.tsx'
import { fi, type ShellTexts } from './texts.fi.ts'
import { sv } from './texts.sv.ts'

export const shellTexts: Dictionary<ShellTexts> = { fi, sv }

export function nameBenefit(benefit: Benefit, language: Language): string {
  return getBenefit(benefit).names[language]
}

/** The name of a field, or the form's own name for it when it is not a common one. */
export function nameField(name: string, t: ShellTexts): string {
  const names: Readonly<Record<string, string>> = t.fields
  return names[name] ?? name
}

/** The keys of a dictionary in the order it was written, with their type. */
export function listKeys<K extends string>(dictionary: Readonly<Record<K, string>>): K[] {
  return Object.keys(dictionary) as K[]
}
