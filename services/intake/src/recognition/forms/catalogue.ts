import type { FormDefinition } from './definition.ts'

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
