import type { DraftField, FormFault, FormFaultCode } from '@tasain/contracts'
import { isCommonField } from '@tasain/contracts'

/** An input of the form's page by which something is mended; each carries its name as `data-input`. */
export type InputName =
  | 'box'
  | 'first'
  | 'anchors'
  | 'begins'
  | 'benefit'
  | 'cells'
  | 'code'
  | 'language'
  | 'meaning'
  | 'names.fi'
  | 'names.sv'
  | 'technical'
  | 'title'
  | 'type'
  | 'version'

const inputs: Partial<Record<FormFaultCode, InputName>> = {
  no_code: 'code',
  no_version: 'version',
  no_title: 'title',
  no_language: 'language',
  no_benefit: 'benefit',
  no_hetu: 'first',
  few_anchors: 'anchors',
  version_taken: 'version',
  prefix_short: 'begins',
  prefix_not_in_code: 'begins',
  prefix_taken: 'begins',
  prefix_taken_whole: 'begins',
  name_missing: 'meaning',
  name_shape: 'technical',
  name_reserved: 'technical',
  hetu_name: 'technical',
  name_of_other_type: 'type',
  region_outside: 'box',
  region_small: 'box',
  region_on_other: 'box',
  comb_outside: 'cells',
}

/** The input that mends a fault, of the field at fault where it is one's. */
export function findInput({ code }: FormFault, field: DraftField | undefined): InputName {
  if (code === 'words_missing') return field?.names.fi.trim() === '' ? 'names.fi' : 'names.sv'
  const isOwn = field !== undefined && field.name !== '' && !isCommonField(field.name)
  if (code === 'name_twice') return isOwn ? 'technical' : 'meaning'
  return inputs[code] ?? 'meaning'
}

/** Moves the keyboard to an input; the page scrolls to it. `box` is the field's own place on the picture. */
export function focusInput(name: InputName, key: string | undefined): void {
  if (name === 'box') focusBox(key)
  else document.querySelector<HTMLElement>(`[data-input="${name}"]`)?.focus()
}

/** Moves the keyboard to a field on the picture, or without one to the picture itself. */
export function focusBox(key: string | undefined): void {
  const box = key === undefined ? null : document.querySelector<HTMLElement>(`.field-box[data-key="${key}"]`)
  const target = box ?? document.querySelector<HTMLElement>('.blank-scroll')
  target?.focus()
}
