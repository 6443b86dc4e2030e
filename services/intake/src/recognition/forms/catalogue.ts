import { readdirSync, readFileSync } from 'node:fs'
import { type FormDefinition, formDefinition } from './definition.ts'

let known: readonly FormDefinition[] | undefined

/** Every form that ships with the product: one JSON file each beside this module. @throws ZodError on a bad file. */
export function listForms(): readonly FormDefinition[] {
  known ??= readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => formDefinition.parse(JSON.parse(readFileSync(`${import.meta.dirname}/${name}`, 'utf8'))))
  return known
}

export function findFormByBarcode(forms: readonly FormDefinition[], text: string): FormDefinition | undefined {
  return forms.find((form) => text.startsWith(form.barcode.begins))
}

/**
 * The form whose title, or whose code in a footer or corner, is printed in the text. Both must agree with one form only:
 * several fitting forms are no answer.
 */
export function findFormByText(forms: readonly FormDefinition[], text: string): FormDefinition | undefined {
  const flat = flatten(text)
  const fitting = forms.filter((form) => flat.includes(flatten(form.title)) && flat.includes(flatten(form.code)))
  return fitting.length === 1 ? fitting[0] : undefined
}

function flatten(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
