import type { FormPlace } from '@tasain/contracts'
import { maskHetus } from '@tasain/vocabulary'
import type { ReadWord } from '../engine/engine.ts'
import { countEdits, flatten } from '../fields/wording.ts'
import { compose, type Grey, invert, isCentreInside, mapBox } from '../picture/grey.ts'
import type { PdfWord } from '../picture/pdf-text.ts'
import type { UprightPage } from '../picture/upright.ts'

/** A word printed on a blank. `exact`: as the file itself says it, and not only read from the picture. */
export type BlankWord = ReadWord & { readonly exact?: true }
/** A word as the file says it, and where. */
export type ToldWord = { readonly text: string; readonly box: FormPlace }

/** The words of a PDF where they stand on the upright page; none where it shows the page turned. */
export function placeWords({ turned, toTurned, rotation }: UprightPage, words: readonly PdfWord[]): ToldWord[] {
  if (rotation !== 0) return []
  const toUpright = compose([turned.width, 0, 0, 0, turned.height, 0], invert(toTurned))
  return words.map(({ text, box }) => ({ text, box: mapBox(toUpright, box) }))
}

/**
 * The words of a blank: those of the file's own text where they are what is drawn there, the others as they were read.
 * A text that says something else than the picture, as that of an earlier reading may, is not believed.
 */
export function chooseWords(page: Grey, read: readonly ReadWord[], told: readonly ToldWord[]): BlankWord[] {
  const drawn = told.filter(({ text, box }) => runsAcross(text, box) && hasInk(page, box))
  if (!isBorneOut(read, drawn)) return [...read]
  const isTold = ({ box }: ReadWord) => drawn.some((one) => isOn(one.box, box))
  const exact = drawn.map(({ text, box }): BlankWord => ({ text, box, confidence: 1, line: 0, exact: true }))
  return arrangeLines([...exact, ...read.filter((word) => !isTold(word))])
}

/** Letters above one another run up or down the page. */
const runsAcross = (text: string, [, , width, height]: FormPlace) => text.length < 3 || height < width * 1.5

function hasInk({ data, width, height }: Grey, [x, y, wide, high]: FormPlace): boolean {
  let dark = 0
  for (let row = Math.max(0, Math.floor(y)); row < Math.min(height, y + high); row++)
    for (let column = Math.max(0, Math.floor(x)); column < Math.min(width, x + wide); column++)
      if ((data[row * width + column] ?? 255) < 160) dark++
  return dark >= Math.max(2, wide * high * 0.03)
}

const isOn = (one: FormPlace, other: FormPlace) => isCentreInside(one, other) || isCentreInside(other, one)

/** Whether what was read surely says mostly the same. */
function isBorneOut(read: readonly ReadWord[], told: readonly ToldWord[]): boolean {
  const compared = read.flatMap(({ text, box, confidence }) => {
    const flat = flatten(text)
    if (confidence < 0.7 || flat.length < 3) return []
    const there = told.filter((one) => isOn(one.box, box)).sort((a, b) => a.box[0] - b.box[0])
    const said = flatten(there.map((one) => one.text).join(''))
    // A word of the one may be several of the other.
    return said === '' ? [] : [said.includes(flat) || flat.includes(said) || countEdits(flat, said) <= flat.length / 3]
  })
  return compared.length > 0 && compared.filter(Boolean).length >= compared.length * 0.7
}

/** Words in lines from top to bottom, each from the left: next to each other and at the same height. */
function arrangeLines(words: readonly BlankWord[]): BlankWord[] {
  const lines: BlankWord[][] = []
  for (const word of words.toSorted((a, b) => a.box[0] - b.box[0])) {
    const line = lines.find((one) => follows(one.at(-1), word))
    if (line === undefined) lines.push([word])
    else line.push(word)
  }
  return lines
    .sort((a, b) => (a[0]?.box[1] ?? 0) - (b[0]?.box[1] ?? 0))
    .flatMap((one, line) => one.map((word) => ({ ...word, line })))
}

function follows(before: BlankWord | undefined, { box: [x, y, , height] }: BlankWord): boolean {
  if (before === undefined) return false
  const [left, top, wide, high] = before.box
  const gap = x - left - wide
  const inCommon = Math.min(top + high, y + height) - Math.max(top, y)
  return gap > -height && gap < 90 && inCommon > Math.min(height, high) * 0.5
}

/** Somebody may send a copy that is filled in: whatever is kept of its words has no identity code in it. */
export function joinText(words: readonly { readonly text: string }[]): string {
  return maskHetus(words.map(({ text }) => text).join(' '))
}

/** The place that some words take together. */
export function boxOf(words: readonly { readonly box: FormPlace }[]): FormPlace {
  const [left, top] = [Math.min(...words.map(({ box }) => box[0])), Math.min(...words.map(({ box }) => box[1]))]
  const right = Math.max(...words.map(({ box }) => box[0] + box[2]))
  return [left, top, right - left, Math.max(...words.map(({ box }) => box[1] + box[3])) - top]
}
