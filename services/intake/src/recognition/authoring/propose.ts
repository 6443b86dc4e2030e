import type { DraftField, FormDraft, FormPlace, PrintedWord } from '@tasain/contracts'
import { type IsoDate, type Language, maskHetus } from '@tasain/vocabulary'
import type { Engine } from '../engine/engine.ts'
import { CannotRead, limits } from '../failure.ts'
import { whitenPaper } from '../picture/clean.ts'
import { compose, type Grey, isCentreInside, sample } from '../picture/grey.ts'
import { listRules, type Rule, type Rules } from '../picture/rules.ts'
import type { UprightPage } from '../picture/upright.ts'
import { type BlankWord, boxOf, chooseWords, joinText, type ToldWord } from './blank-words.ts'
import { isFilledIn } from './filled-in.ts'
import { type Cell, listCells } from './find-cells.ts'
import { findLabel, findTickLabel } from './find-label.ts'
import { listTickFrames } from './find-ticks.ts'
import { describeHead, type PrintedLine } from './heading.ts'
import { nameField, nameTick } from './name-field.ts'
import { isInside, joinRules } from './places.ts'

/** A blank form on a page that stands upright; the code found on it, and the words its file tells, in that page's pixels. */
export type Blank = {
  readonly upright: UprightPage
  readonly barcodes: readonly { readonly text: string; readonly box: FormPlace }[]
  readonly told?: readonly ToldWord[]
}
/** `isFilledIn`: somebody has written on it, so nothing of it may be kept. */
export type Proposal = {
  readonly draft: FormDraft
  readonly words: readonly PrintedWord[]
  readonly isFilledIn: boolean
}

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
export async function proposeForm(engine: Engine, blank: Blank, today: IsoDate): Promise<Proposal> {
  const scale = blank.upright.dpi / 300
  const page = drawAt300(blank.upright)
  const { width, height } = page
  const image = whitenPaper(page)
  const read = await engine.read(image, { model: 'swe', layout: 'page', dpi: 300 })
  const told = (blank.told ?? []).map(({ text, box }) => ({ text, box: scaleBox(box, 1 / scale) }))
  const words = chooseWords(page, read, told)
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
  const copy = { page, words, fields: draft.fields, frames: cells.map(({ frame }) => frame) }
  return {
    draft,
    isFilledIn: await isFilledIn(engine, copy, today),
    words: words.slice(0, 2000).map(({ text, box }) => ({ text: text.slice(0, 100), box })),
  }
}

/** The page at 300 dpi, whatever it was scanned at. */
function drawAt300(upright: UprightPage): Grey {
  const scale = upright.dpi / 300
  const [width, height] = [Math.round(upright.width / scale), Math.round(upright.height / scale)]
  if (Math.max(width, height) > longestSide || width * height > limits.pixels)
    throw new CannotRead('scan.too_large_image', `${width} × ${height} at 300 dpi`)
  if (Math.abs(scale - 1) < 0.001) return upright.image
  return sample(upright.turned, compose([scale, 0, 0, 0, scale, 0], upright.toTurned), width, height)
}

function joinLines(words: readonly BlankWord[]): PrintedLine[] {
  const lines: BlankWord[][] = []
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

const swedish = /\b(och|för|den|namn|ansökan|underskrift|datum|adress|personbeteckning|kontonummer|till|som|ska)\b/gi
const finnish = /\b(ja|hakemus|nimi|osoite|henkilötunnus|allekirjoitus|tilinumero|päiväys|hakija|on|sekä|tai)\b/gi

function guessLanguage(lines: readonly PrintedLine[]): Language {
  const text = lines.map((line) => line.text).join(' ')
  return (text.match(swedish)?.length ?? 0) > (text.match(finnish)?.length ?? 0) ? 'sv' : 'fi'
}

/** A frame large enough to write in, and not one that holds boxes to tick. */
function isWritable([x, y, width, height]: FormPlace, ticks: readonly FormPlace[]): boolean {
  return height >= 52 && width >= 90 && !ticks.some((tick) => isCentreInside(tick, [x, y, width, height]))
}

function withoutTicks({ across, down }: Rules, ticks: readonly FormPlace[]): Rules {
  const isOfTick = ({ x1, y1, x2, y2 }: Rule) => ticks.some((tick) => isInside([x1, y1, x2 - x1, y2 - y1], tick))
  return { across: across.filter((rule) => !isOfTick(rule)), down: down.filter((rule) => !isOfTick(rule)) }
}

async function describeCell(engine: Engine, page: Grey, cell: Cell, words: readonly BlankWord[], taken: Set<string>) {
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

function describeTick(frame: FormPlace, ticks: readonly FormPlace[], words: readonly BlankWord[], taken: Set<string>) {
  const label = findTickLabel(frame, ticks, words).slice(0, 200)
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
