import type { FormPlace } from '@tasain/contracts'
import type { Engine } from '../engine/engine.ts'
import { matchLabel } from '../fields/labels.ts'
import { crop, type Grey, isCentreInside } from '../picture/grey.ts'
import { type BlankWord, boxOf, joinText } from './blank-words.ts'
import type { Cell } from './find-cells.ts'

type Printed = { readonly text: string; readonly box: FormPlace }

/**
 * The words printed in a cell's upper part, by the page's text or by a reading of that strip alone, whichever is surer;
 * where nothing is printed there, those just above or left of the frame.
 */
export async function findLabel(
  engine: Engine,
  page: Grey,
  cell: Cell,
  words: readonly BlankWord[],
): Promise<Printed | undefined> {
  const [x, y, width, height] = cell.frame
  const inside = words.filter(({ box }) => isCentreInside(box, [x, y - 6, width, Math.min(height, 120) + 6]))
  const isRoom = cell.comb === undefined || cell.comb.region[1] - y > 30
  const strip = isRoom && !inside.some(({ exact }) => exact) ? await readStrip(engine, page, cell.frame) : []
  const [one, other] = [firstLine(inside.filter(isPrinted)), firstLine(strip.filter(isPrinted))]
  const best = one === undefined || (other !== undefined && rankLabel(other) > rankLabel(one)) ? other : one
  if (best !== undefined) return best
  const above = firstLine(words.filter(({ box }) => isCentreInside(box, [x - 6, y - 62, Math.min(width, 700), 60])))
  const beside = firstLine(words.filter(({ box }) => isCentreInside(box, [x - 500, y, 496, height])))
  const outside = above ?? beside
  return outside && { text: outside.text, box: [x, y - 1, 0, 0] }
}

async function readStrip(engine: Engine, page: Grey, [x, y, width, height]: FormPlace): Promise<BlankWord[]> {
  const strip = crop(page, x + 8, y + 7, width - 16, Math.min(58, height - 12))
  const read = await engine.read(strip, { model: 'swe', layout: 'line', dpi: 300 })
  return read.map((word) => ({ ...word, box: [word.box[0] + x + 8, word.box[1] + y + 7, word.box[2], word.box[3]] }))
}

const isPrinted = ({ text, confidence }: BlankWord) => /\p{L}/u.test(text) && confidence > 0.5
/** A label we know is right however it was read. */
const rankLabel = ({ text, confidence }: { text: string; confidence: number }) =>
  confidence + (matchLabel(text) === undefined ? 0 : 1)

/** The topmost line of some words; `confidence` is their mean. */
function firstLine(words: readonly BlankWord[]): (Printed & { confidence: number }) | undefined {
  const top = Math.min(...words.map(({ box }) => box[1] + box[3] / 2))
  const line = words
    .filter(({ box }) => box[1] + box[3] / 2 - top < 22)
    .filter(({ text }) => /[\p{L}\p{N}()]/u.test(text))
    .sort((a, b) => a.box[0] - b.box[0])
  if (line.length === 0) return undefined
  const confidence = line.reduce((sum, word) => sum + word.confidence, 0) / line.length
  return { text: tidy(line), box: boxOf(line), confidence }
}

/** Strokes of frames are read for bars and single letters, and a small l for a capital I; a file's own words stand as they are. */
function tidy(words: readonly BlankWord[]): string {
  const text = joinText(words)
  if (words.every(({ exact }) => exact)) return text.replace(/[_.…]{3,}/g, ' ').trim()
  return text
    .replace(/^[^\p{L}\p{N}(]+|[|_[\]{}]+/gu, '')
    .replace(/(\s[Il1i.,-]{1,2})+$/u, '')
    .replace(/(?<=\p{L}\s)I+l*(?=\p{Ll})/gu, 'l')
    .trim()
}

/** The words right of a box to tick, up to the next box or a wide gap. */
export function findTickLabel(frame: FormPlace, ticks: readonly FormPlace[], words: readonly BlankWord[]): string {
  const [x, y, width, height] = frame
  const next = Math.min(
    ...ticks.filter((one) => Math.abs(one[1] - y) < height && one[0] > x).map(([left]) => left),
    x + 1400,
  )
  const right = words
    .filter(({ box }) => isCentreInside(box, [x + width, y - 14, next - x - width, height + 28]))
    .sort((a, b) => a.box[0] - b.box[0])
  const beside: BlankWord[] = []
  for (const word of right) {
    const end = beside.at(-1)
    if (word.box[0] - (end ? end.box[0] + end.box[2] : x + width) > 110) break
    if (/[\p{L}\p{N}]/u.test(word.text)) beside.push(word)
  }
  return tidy(beside)
}
