import {
  type CommonField,
  commonFields,
  type DraftField,
  type FormDraft,
  type FormFieldType,
  type FormPlace,
  isCommonField,
  type PrintedWord,
} from '@tasain/contracts'

/** What the common fields hold where any of several would do. */
const usualTypes: Partial<Record<CommonField, FormFieldType>> = {
  name: 'name',
  address: 'line',
  employer: 'line',
  child: 'name',
  free: 'text',
  sign: 'name',
}

export function changeField(draft: FormDraft, key: string, change: (field: DraftField) => DraftField): FormDraft {
  return { ...draft, fields: draft.fields.map((field) => (field.key === key ? change(field) : field)) }
}

export function removeField(draft: FormDraft, key: string): FormDraft {
  return { ...draft, fields: draft.fields.filter((field) => field.key !== key) }
}

/** Adds a field with what is printed at its place as its label. Gives the draft and the field's key. */
export function addField(draft: FormDraft, region: FormPlace, words: readonly PrintedWord[]): [FormDraft, string] {
  const key = nextKey(draft)
  const isBox = region[2] < 90 && region[3] < 90
  const label = findLabel(region, words, isBox)
  const names = { fi: '', sv: '', [draft.language ?? 'fi']: label.slice(0, 80) }
  const type: FormFieldType = isBox ? 'tick' : region[3] > 200 ? 'text' : 'line'
  const name = suggestName(
    label,
    draft.fields.map((field) => field.name),
  )
  return [{ ...draft, fields: [...draft.fields, { key, name, type, region, label, names }] }, key]
}

/** Makes a field one of those every form may have, or with null one of the form's own. */
export function setMeaning(before: DraftField, meaning: CommonField | null, others: readonly DraftField[]): DraftField {
  const field = settleGuess(before)
  if (meaning === null) {
    const taken = others.map(({ name }) => name)
    return isCommonField(field.name) ? { ...field, name: suggestName(field.label, taken) } : field
  }
  return setType({ ...field, name: meaning }, commonFields[meaning] ?? usualTypes[meaning] ?? field.type)
}

/** A box to tick has no comb. What a person has set is no guess any more. */
export function setType(field: DraftField, type: FormFieldType): DraftField {
  const { comb, ...rest } = settleGuess(field)
  return comb === undefined || type === 'tick' || type === 'text' ? { ...rest, type } : { ...rest, comb, type }
}

/** The field with what was guessed of it taken as right. */
export function settleGuess({ guessed: _guessed, ...field }: DraftField): DraftField {
  return field
}

/** A name made of the label's first words: letters and digits, the first small. Empty when the label has none. */
export function suggestName(label: string, taken: readonly string[]): string {
  const words = label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => /^[a-z]/.test(word))
  const [first = '', ...more] = words
  const joined = more.reduce(
    (name, word) => (name.length + word.length > 24 ? name : name + word.charAt(0).toUpperCase() + word.slice(1)),
    first.slice(0, 32),
  )
  if (joined === '' || (!taken.includes(joined) && !isCommonField(joined))) return joined
  for (let number = 2; ; number++) if (!taken.includes(`${joined}${number}`)) return `${joined}${number}`
}

function nextKey({ fields }: FormDraft): string {
  const numbers = fields.map(({ key }) => Number(/^f(\d+)$/.exec(key)?.[1] ?? 0))
  return `f${Math.max(0, ...numbers) + 1}`
}

/** The line printed in the upper part of a place or just above it; of a box to tick, right of it. */
function findLabel([x, y, width, height]: FormPlace, words: readonly PrintedWord[], isBox: boolean): string {
  const area: FormPlace = isBox ? [x + width, y - 12, 700, height + 24] : [x - 12, y - 60, width + 24, 100]
  const near = words.filter(({ box }) => isCentreIn(box, area))
  const bottom = isBox ? Math.min : Math.max
  const line = bottom(...near.map(({ box }) => box[1] + box[3] / 2))
  return near
    .filter(({ box }) => Math.abs(box[1] + box[3] / 2 - line) < 20)
    .sort((a, b) => a.box[0] - b.box[0])
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 200)
}

function isCentreIn([x, y, width, height]: FormPlace, [left, top, wide, high]: FormPlace): boolean {
  const [across, down] = [x + width / 2 - left, y + height / 2 - top]
  return across >= 0 && across <= wide && down >= 0 && down <= high
}
