import type { DraftField, FormDraft, FormPlace, PrintedWord } from '@tasain/contracts'
import { type Language, maskHetus } from '@tasain/vocabulary'
import type { Engine, ReadWord } from '../engine/engine.ts'
import { CannotRead } from '../failure.ts'
import { matchLabel } from '../fields/labels.ts'
import { whitenPaper } from '../picture/clean.ts'
import { compose, crop, type Grey, isCentreInside, sample } from '../picture/grey.ts'
import { listRules, type Rule, type Rules } from '../picture/rules.ts'
import type { UprightPage } from '../picture/upright.ts'
import { type Cell, listCells } from './find-cells.ts'
import { listTickFrames } from './find-ticks.ts'
import { describeHead, type PrintedLine } from './heading.ts'
import { nameField, nameTick } from './name-field.ts'
import { isInside, joinRules } from './places.ts'

/** A blank form on a page that stands upright, and the code found on it in that page's pixels. */
export type Blank = {
  readonly upright: UprightPage
  readonly barcodes: readonly { readonly text: string; readonly box: FormPlace }[]
}
export type Proposal = { readonly draft: FormDraft; readonly words: readonly PrintedWord[] }

const mostFields = 120
/** Nobody writes in less, in 1/300 inch. */
const lowestField = 32
const mostAnchors = 80
/** As long as a draft may be; beyond any paper. */
const longestSide = 20_000
/** Lines shorter than this hold nothing in place. */
const leastAnchor = { across: 240, down: 100 } as const

/**
 * Proposes a form's definition from a blank copy: its lines, fields, boxes to tick, names and heading.
 * @throws CannotRead when the page is larger than a form may be.
 */
export async function proposeForm(engine: Engine, blank: Blank): Promise<Proposal> {
  const scale = blank.upright.dpi / 300
  const page = drawAt300(blank.upright)
  const { width, height } = page
  const image = whitenPaper(page)
  const words = await engine.read(image, { model: 'swe', layout: 'page', dpi: 300 })
  const lines = joinLines(words)
  const language = guessLanguage(lines)
  const rules = joinRules(listRules(page, { across: 80, down: 36 }, 14))
  const [code] = blank.barcodes.map(({ text, box }) => ({ text: maskHetus(text), box: scaleBox(box, 1 / scale) }))
  const ticks = listTickFrames(page).filter((frame) => code === undefined || !isInside(frame, code.box))
  const cells = listCells(withoutTicks(rules, ticks)).filter(({ frame }) => isWritable(frame, ticks))
  const taken = new Set<string>()
  const fields: DraftField[] = []
  for (const cell of cells.slice(0, mostFields)) {
    const field = await describeCell(engine, image, cell, words, taken)
    if (field.region[3] >= lowestField) fields.push(field)
    else taken.delete(field.name)
  }
  for (const frame of ticks.slice(0, mostFields - fields.length)) fields.push(describeTick(frame, ticks, words, taken))
  const signed = nameSignatureDate(fields)
  const draft: FormDraft = {
    page: { width, height },
    ...describeHead(lines, code, language),
    language,
    anchors: listAnchors(rules, code?.box),
    fields: signed.map((field, index) => nameInLanguage({ ...field, key: `f${index + 1}` }, language)),
  }
  return { draft, words: words.slice(0, 2000).map(({ text, box }) => ({ text: text.slice(0, 100), box })) }
}

/** The page at 300 dpi, whatever it was scanned at. */
function drawAt300(upright: UprightPage): Grey {
  const scale = upright.dpi / 300
  const [width, height] = [Math.round(upright.width / scale), Math.round(upright.height / scale)]
  if (Math.max(width, height) > longestSide)
    throw new CannotRead('scan.too_large_image', `${width} × ${height} at 300 dpi`)
  if (Math.abs(scale - 1) < 0.001) return upright.image
  return sample(upright.turned, compose([scale, 0, 0, 0, scale, 0], upright.toTurned), width, height)
}

type Read = Pick<ReadWord, 'text' | 'box' | 'line'>

function joinLines(words: readonly Read[]): PrintedLine[] {
  const lines: Read[][] = []
  for (const word of words) {
    const [last] = lines.at(-1)?.slice(-1) ?? []
    const isNear = last !== undefined && last.line === word.line && word.box[0] - last.box[0] - last.box[2] < 90
    if (isNear) lines.at(-1)?.push(word)
    else lines.push([word])
  }
  return lines.map((line) => {
    const heights = line.map(({ box }) => box[3]).sort((a, b) => a - b)
    return { text: joinText(line), box: boxOf(line), size: heights[Math.floor(heights.length / 2)] ?? 0 }
  })
}

/** Somebody may send a copy that is filled in: whatever is kept of its words has no identity code in it. */
const joinText = (words: readonly Read[]) => maskHetus(words.map(({ text }) => text).join(' '))

function boxOf(words: readonly Read[]): FormPlace {
  const [left, top] = [Math.min(...words.map(({ box }) => box[0])), Math.min(...words.map(({ box }) => box[1]))]
  const right = Math.max(...words.map(({ box }) => box[0] + box[2]))
  return [left, top, right - left, Math.max(...words.map(({ box }) => box[1] + box[3])) - top]
}

const swedish = /\b(och|för|den|namn|ansökan|underskrift|datum|adress|personbeteckning|kontonummer|till|som|ska)\b/gi
const finnish = /\b(ja|hakemus|nimi|osoite|henkilötunnus|allekirjoitus|tilinumero|päiväys|hakija|on|sekä|tai)\b/gi

function guessLanguage(lines: readonly PrintedLine[]): Language {
  const text = lines.map((line) => line.text).join(' ')
  return (text.match(swedish)?.length ?? 0) > (text.match(finnish)?.length ?? 0) ? 'sv' : 'fi'
}

/** A frame large enough to write in, and not one that only holds boxes to tick. */
function isWritable([x, y, width, height]: FormPlace, ticks: readonly FormPlace[]): boolean {
  if (height < 52 || width < 90) return false
  return height > 200 || !ticks.some((tick) => isCentreInside(tick, [x, y, width, height]))
}

function withoutTicks({ across, down }: Rules, ticks: readonly FormPlace[]): Rules {
  const isOfTick = ({ x1, y1, x2, y2 }: Rule) => ticks.some((tick) => isInside([x1, y1, x2 - x1, y2 - y1], tick))
  return { across: across.filter((rule) => !isOfTick(rule)), down: down.filter((rule) => !isOfTick(rule)) }
}

async function describeCell(engine: Engine, page: Grey, cell: Cell, words: readonly ReadWord[], taken: Set<string>) {
  const [x, y, width, height] = cell.frame
  const label = await findLabel(engine, page, cell, words)
  const foot = label && findFoot(page, label.box, y + 6)
  const isBelow = foot !== undefined && foot < y + height * 0.62
  const top = foot !== undefined && isBelow ? foot + 5 : y + 6
  const left = label === undefined || isBelow ? x + 10 : label.box[0] + label.box[2] + 12
  const region: FormPlace = cell.comb?.region ?? [left, top, x + width - 10 - left, y + height - 7 - top]
  const text = label?.text ?? ''
  const field = nameField(text, region[3], cell.comb !== undefined, taken)
  return {
    key: '',
    ...field,
    region: roundPlace(widenComb(region, cell)),
    ...(cell.comb
      ? { comb: { ...cell.comb.comb, x: round(cell.comb.comb.x), width: round(cell.comb.comb.width) } }
      : {}),
    label: text.slice(0, 200),
    names: { fi: '', sv: '' },
  }
}

/** Where the letters of a label end: boxes of words near a frame reach too far up or down. */
function findFoot({ data, width }: Grey, [x, y, wide, high]: FormPlace, from: number): number {
  const [left, right] = [Math.round(x), Math.round(x + wide)]
  const isInked = (row: number) => {
    let dark = 0
    for (let column = left; column < right; column++) if ((data[row * width + column] ?? 255) < 160) dark++
    return dark > 1 && dark < wide * 0.8
  }
  let rows = 0
  for (let row = Math.round(from); row < y + high + 30; row++) {
    if (isInked(row)) rows++
    // The dots of letters stand apart from them.
    else if (rows >= 12) return row
    else if (!isInked(row + 1) && !isInked(row + 2) && !isInked(row + 3)) rows = 0
  }
  return y + Math.min(high, 40)
}

/** A comb's region reaches a little beyond its outer strokes. */
function widenComb([x, y, width, height]: FormPlace, { comb }: Cell): FormPlace {
  return comb ? [x - 4, y, width + 8, height] : [x, y, width, height]
}

type Printed = { readonly text: string; readonly box: FormPlace }

/**
 * The words printed in a cell's upper part, by the page's text or by a reading of that strip alone, whichever is surer;
 * where nothing is printed there, those just above or left of the frame.
 */
async function findLabel(
  engine: Engine,
  page: Grey,
  cell: Cell,
  words: readonly ReadWord[],
): Promise<Printed | undefined> {
  const [x, y, width, height] = cell.frame
  const inside = words.filter(({ box }) => isCentreInside(box, [x, y - 6, width, Math.min(height, 120) + 6]))
  const strip = cell.comb === undefined || cell.comb.region[1] - y > 30 ? await readStrip(engine, page, cell.frame) : []
  const [one, other] = [firstLine(inside.filter(isPrinted)), firstLine(strip.filter(isPrinted))]
  const best = one === undefined || (other !== undefined && rankLabel(other) > rankLabel(one)) ? other : one
  if (best !== undefined) return best
  const above = firstLine(words.filter(({ box }) => isCentreInside(box, [x - 6, y - 62, Math.min(width, 700), 60])))
  const beside = firstLine(words.filter(({ box }) => isCentreInside(box, [x - 500, y, 496, height])))
  const outside = above ?? beside
  return outside && { text: outside.text, box: [x, y - 1, 0, 0] }
}

async function readStrip(engine: Engine, page: Grey, [x, y, width, height]: FormPlace): Promise<ReadWord[]> {
  const strip = crop(page, x + 8, y + 7, width - 16, Math.min(58, height - 12))
  const read = await engine.read(strip, { model: 'swe', layout: 'line', dpi: 300 })
  return read.map((word) => ({ ...word, box: [word.box[0] + x + 8, word.box[1] + y + 7, word.box[2], word.box[3]] }))
}

const isPrinted = ({ text, confidence }: ReadWord) => /\p{L}/u.test(text) && confidence > 0.5
/** A label we know is right however it was read. */
const rankLabel = ({ text, confidence }: { text: string; confidence: number }) =>
  confidence + (matchLabel(text) === undefined ? 0 : 1)

/** The topmost line of some words; `confidence` is their mean. */
function firstLine(words: readonly ReadWord[]): (Printed & { confidence: number }) | undefined {
  const top = Math.min(...words.map(({ box }) => box[1] + box[3] / 2))
  const line = words
    .filter(({ box }) => box[1] + box[3] / 2 - top < 22)
    .filter(({ text }) => /[\p{L}\p{N}()]/u.test(text))
    .sort((a, b) => a.box[0] - b.box[0])
  if (line.length === 0) return undefined
  const confidence = line.reduce((sum, word) => sum + word.confidence, 0) / line.length
  return { text: tidy(joinText(line)), box: boxOf(line), confidence }
}

/** Strokes of frames are read for bars and single letters, and a small l for a capital I. */
const tidy = (text: string) =>
  text
    .replace(/^[^\p{L}\p{N}(]+|[|_[\]{}]+/gu, '')
    .replace(/(\s[Il1i.,-]{1,2})+$/u, '')
    .replace(/(?<=\p{L}\s)I+l*(?=\p{Ll})/gu, 'l')
    .trim()

/** The words right of a box, up to the next box or a wide gap. */
function describeTick(frame: FormPlace, ticks: readonly FormPlace[], words: readonly Read[], taken: Set<string>) {
  const [x, y, width, height] = frame
  const next = Math.min(
    ...ticks.filter((one) => Math.abs(one[1] - y) < height && one[0] > x).map(([left]) => left),
    x + 1400,
  )
  const right = words
    .filter(({ box }) => isCentreInside(box, [x + width, y - 14, next - x - width, height + 28]))
    .sort((a, b) => a.box[0] - b.box[0])
  const beside: Read[] = []
  for (const word of right) {
    const end = beside.at(-1)
    if (word.box[0] - (end ? end.box[0] + end.box[2] : x + width) > 110) break
    if (/[\p{L}\p{N}]/u.test(word.text)) beside.push(word)
  }
  const label = tidy(joinText(beside)).slice(0, 200)
  const name = nameTick(label, taken)
  return { key: '', name, type: 'tick' as const, region: roundPlace(frame), label, names: { fi: '', sv: '' } }
}

/** The date that stands in the row of the signature is its date. */
function nameSignatureDate(fields: readonly DraftField[]): DraftField[] {
  const sign = fields.find(({ name }) => name === 'sign')
  if (sign === undefined || fields.some(({ name }) => name === 'signdate')) return [...fields]
  const isBeside = ({ region }: DraftField) => Math.abs(region[1] - sign.region[1]) < 60
  const place = fields.findIndex((field) => field !== sign && isBeside(field) && field.region[2] < 1300)
  return fields.map((field, index) => (index === place ? { ...field, name: 'signdate', type: 'date' } : field))
}

/** What people call the field begins as what is printed; the other language is for a person to say. */
function nameInLanguage(field: DraftField, language: Language): DraftField {
  return { ...field, names: { fi: '', sv: '', [language]: field.label.slice(0, 80) } }
}

/** The form's long lines, but for those of its code. */
function listAnchors({ across, down }: Rules, code: FormPlace | undefined): FormPlace[] {
  const isOfCode = ({ x1, y1, x2, y2 }: Rule) => code !== undefined && isInside([x1, y1, x2 - x1, y2 - y1], code)
  const long = (rules: readonly Rule[], lengthOf: (rule: Rule) => number, least: number) =>
    rules
      .filter((rule) => lengthOf(rule) >= least && !isOfCode(rule))
      .sort((a, b) => lengthOf(b) - lengthOf(a))
      .slice(0, mostAnchors / 2)
      .map(({ x1, y1, x2, y2 }) => roundPlace([x1, y1, x2, y2]))
  return [
    ...long(across, ({ x1, x2 }) => x2 - x1, leastAnchor.across),
    ...long(down, ({ y1, y2 }) => y2 - y1, leastAnchor.down),
  ]
}

const scaleBox = ([x, y, width, height]: FormPlace, by: number): FormPlace =>
  roundPlace([x * by, y * by, width * by, height * by])
const round = (number: number) => Math.round(number * 10) / 10
const roundPlace = ([x, y, width, height]: FormPlace): FormPlace => [round(x), round(y), round(width), round(height)]
