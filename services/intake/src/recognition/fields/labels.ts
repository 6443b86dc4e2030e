import * as z from 'zod'
import type { ReadWord } from '../engine/engine.ts'
import { type FieldType, fieldTypes } from '../forms/definition.ts'
import shipped from './labels.json' with { type: 'json' }
import { countEdits, flatten } from './wording.ts'

const entry = z.object({
  name: z.string(),
  type: z.enum(fieldTypes),
  labels: z.array(z.string()),
  /** Beginnings of words that tell the field in a label worded otherwise. */
  signs: z.array(z.string()).default([]),
})
type Entry = z.infer<typeof entry>

type Wording = { readonly name: string; readonly type: FieldType; readonly flat: string }
type Box = readonly [number, number, number, number]
/** A printed label found on a page; `guessed` by one of its words only. */
export type Label = {
  readonly name: string
  readonly type: FieldType
  readonly box: Box
  readonly guessed?: true
}

/** Words that make a label somebody else's: a child's code must not be taken for the applicant's. */
const ofOthers = (
  'lapse lasten puoliso avopuoliso työnantaja vuokranantaja edunvalvoja huoltaja asiamie valtuutetu perhee toisen ' +
  'barn make maka sambo arbetsgivar hyresvärd intressebevak vårdnadshav ombud familj annan child spouse partner employer landlord'
)
  .split(' ')
  .map(flatten)

let dictionary: readonly Entry[] | undefined
let wordings: readonly Wording[] | undefined

function listEntries(): readonly Entry[] {
  dictionary ??= z
    .array(entry)
    .parse(shipped)
    .map((one) => ({ ...one, signs: one.signs.map(flatten) }))
  return dictionary
}

/** What fields are called in print, Finnish, Swedish and English; the longest first. */
function listWordings(): readonly Wording[] {
  wordings ??= listEntries()
    .flatMap(({ name, type, labels }) => labels.map((label) => ({ name, type, flat: flatten(label) })))
    .sort((a, b) => b.flat.length - a.flat.length)
  return wordings
}

/**
 * Finds printed labels among a page's words: at the beginning of a line or after a wide gap, whole or followed by more
 * words. A field whose label stands on the page more than once is told by the first, one in known words before a guessed one.
 */
export function findLabels(words: readonly ReadWord[]): Label[] {
  const labels = new Map<string, Label>()
  for (const start of words.keys()) {
    if (!beginsCell(words, start)) continue
    const label = matchAt(words, start) ?? guessAt(words, start)
    const before = label && labels.get(label.name)
    if (label && (!before || (before.guessed && !label.guessed))) labels.set(label.name, label)
  }
  return [...labels.values()]
}

/** What the words of one cell are about, by the one that gives it away; undefined when they speak of somebody else. */
function guessAt(words: readonly ReadWord[], start: number): Label | undefined {
  const first = words[start]
  if (first === undefined) return undefined
  const cell = [first]
  for (const [index, word] of words.slice(start + 1, start + 8).entries()) {
    if (word.line !== first.line || beginsCell(words, start + 1 + index)) break
    cell.push(word)
  }
  const flats = cell.map(({ text }) => flatten(text))
  const last = cell.at(-1) ?? first
  for (const { name, type, signs } of listEntries()) {
    if (!flats.some((flat) => signs.some((sign) => beginsWith(flat, sign)))) continue
    if (name !== 'employer' && flats.some((flat) => ofOthers.some((other) => flat.startsWith(other)))) return undefined
    return { name, type, box: around(first.box, last.box), guessed: true }
  }
  return undefined
}

/** Short signs must stand alone; long ones may go on, with one letter misread. */
function beginsWith(flat: string, sign: string): boolean {
  if (sign.length < 6) return flat === sign
  return countEdits(flat.slice(0, sign.length), sign, 1) <= 1
}

/** What the words printed before a label may say of whose it is without meaning somebody else. */
const ofApplicant = /^(\d+[.)]?|[a-h][.)]|hakijan|sökandens|vakuutetun|den försäkrades|applicant'?s)\s+/i

/** The field that a whole label stands for, whatever number or word for the applicant comes before it. */
export function matchLabel(text: string): Pick<Label, 'name' | 'type'> | undefined {
  const bare = text.trim().replace(ofApplicant, '').replace(ofApplicant, '')
  for (const flat of [flatten(text), flatten(bare)]) {
    const best = listWordings().find((one) => countEdits(flat, one.flat, most(one.flat)) <= most(one.flat))
    if (best !== undefined) return { name: best.name, type: best.type }
  }
  return undefined
}

const most = (flat: string) => (flat.length < 6 ? 0 : Math.floor(flat.length * 0.14))

/** Whether a text is itself what some field is called in print: a label read for a value. */
export function isLabel(text: string): boolean {
  const flat = flatten(text)
  return listWordings().some((wording) => countEdits(flat, wording.flat, 2) <= Math.min(2, wording.flat.length / 6))
}

function beginsCell(words: readonly ReadWord[], index: number): boolean {
  const [word, before] = [words[index], words[index - 1]]
  if (word === undefined || before === undefined || before.line !== word.line) return true
  // A stroke of a frame is often read as a letter or two.
  if (flatten(before.text).length < 2) return true
  return word.box[0] - (before.box[0] + before.box[2]) > word.box[3] * 1.3
}

function matchAt(words: readonly ReadWord[], start: number): Label | undefined {
  const first = words[start]
  if (first === undefined) return undefined
  let best: Label | undefined
  let longest = 0
  let joined = ''
  for (let end = start; end < Math.min(words.length, start + 8); end++) {
    const word = words[end]
    if (
      word === undefined ||
      word.line !== first.line ||
      (end > start && beginsCell(words, end) && flatten(word.text).length > 1)
    )
      break
    joined += flatten(word.text)
    for (const { name, type, flat } of listWordings()) {
      const edits = countEdits(joined, flat, most(flat))
      if (edits > most(flat) || flat.length - edits <= longest) continue
      longest = flat.length - edits
      best = { name, type, box: around(first.box, word.box) }
    }
  }
  // A numbered heading or a sentence that goes on is no label of a field unless the wording is long.
  return best
}

function around([x, y, width, height]: Box, other: Box): Box {
  const top = Math.min(y, other[1])
  return [x, top, Math.max(x + width, other[0] + other[2]) - x, Math.max(y + height, other[1] + other[3]) - top]
}
