import { flattenCode } from '@tasain/contracts'
import type { ReadWord } from '../engine/engine.ts'
import { countEdits, flatten } from '../fields/wording.ts'
import type { CodedForm, FormDefinition } from './definition.ts'

/**
 * The forms whose code this may be, the likeliest first: those that say more of it before those that say less, and of
 * versions that begin alike the newer one.
 * @param forms the newest first
 */
export function listFormsByBarcode(forms: readonly FormDefinition[], text: string): CodedForm[] {
  const fitting = forms.filter(hasCode).filter(({ barcode }) => text.startsWith(barcode.begins))
  return fitting.sort((a, b) => b.barcode.begins.length - a.barcode.begins.length)
}

export function findFormByBarcode(forms: readonly FormDefinition[], text: string): CodedForm | undefined {
  return listFormsByBarcode(forms, text)[0]
}

function hasCode(form: FormDefinition): form is CodedForm {
  return form.barcode !== null
}

/**
 * The form whose title is printed at the head of a page and whose code in a corner of it. Both must agree with one form
 * only, of which there may be several versions: the newest is it then. A letter that speaks of a form has no such corner.
 * @param forms the newest first
 */
export function findFormByHeading(
  forms: readonly FormDefinition[],
  words: readonly ReadWord[],
  page: { readonly width: number; readonly height: number },
): FormDefinition | undefined {
  const middle = ({ box }: ReadWord) =>
    [(box[0] + box[2] / 2) / page.width, (box[1] + box[3] / 2) / page.height] as const
  const head = words.filter((word) => middle(word)[1] < 0.2)
  const corner = flatten(
    head
      .filter((word) => middle(word)[0] > 0.55 && middle(word)[1] < 0.12)
      .map(textOf)
      .join(' '),
  )
  const foot = flatten(
    words
      .filter((word) => middle(word)[1] > 0.93)
      .map(textOf)
      .join(' '),
  )
  const printed = head.map(({ text }) => flatten(text))
  const fitting = forms.filter(({ title, code }) => {
    const flat = flatten(code)
    return flat.length > 1 && (corner.includes(flat) || foot.startsWith(flat)) && isPrinted(title, printed)
  })
  const codes = new Set(fitting.map(({ code }) => flattenCode(code)))
  return codes.size === 1 ? fitting[0] : undefined
}

const textOf = ({ text }: ReadWord) => text

/** Whether nearly all long words of a title are among those printed, but for a letter or two. */
function isPrinted(title: string, printed: readonly string[]): boolean {
  const words = title
    .split(/\s+/)
    .map(flatten)
    .filter((word) => word.length >= 4)
  const found = words.filter((word) => printed.some((one) => countEdits(one, word, 2) <= Math.floor(word.length / 6)))
  return words.length > 0 && found.length >= words.length * 0.8
}
