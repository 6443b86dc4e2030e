import type { FormDraft, FormPlace } from '@tasain/contracts'
import { type Benefit, benefits, getBenefit, type Language, languages } from '@tasain/vocabulary'
import { flatten } from '../fields/wording.ts'

/** A printed line of words; `size` is the height of its letters in 1/300 inch. */
export type PrintedLine = { readonly text: string; readonly box: FormPlace; readonly size: number }
type Found = { readonly text: string; readonly box: FormPlace }

const codeShape = /\b([A-ZÅÄÖ]{1,5})\s?-?(\d{1,4}[a-z]{0,2})\b/

/** A code may say a page; so much of it will do. */
const [longestCode, longestPrefix] = [300, 100]

/** What the head of a blank form says of the form: its code, version, title, benefit and the part of its code that stays. */
export function describeHead(
  lines: readonly PrintedLine[],
  barcode: Found | undefined,
  language: Language,
): Pick<FormDraft, 'code' | 'version' | 'title' | 'benefit' | 'barcode'> {
  const text = barcode?.text.slice(0, longestCode) ?? ''
  const segments = text.split(/[:;|/_\s]+/)
  const code = findCode(lines, segments)
  const version = segments.find((one) => /^\d{4}[-.]\d{2}$/.test(one)) ?? findVersion(lines, code)
  const title = findTitle(lines, code, barcode?.box)
  return {
    code,
    version,
    title,
    benefit: guessBenefit(title, language),
    barcode: barcode ? { box: barcode.box, text, begins: findPrefix(text).slice(0, longestPrefix) } : null,
  }
}

/**
 * The part of a code that every copy carries: without the copy's own number, which comes last. A code without such a
 * number is whole.
 */
function findPrefix(text: string): string {
  const parted = /^(.*[^A-Za-z0-9])[A-Za-z]{0,2}\d{3,}$/.exec(text)
  if (parted?.[1] !== undefined) return parted[1]
  return /^(.{3,}?)\d{4,}$/.exec(text)?.[1] ?? text
}

/** The printed code: the one that the code's own text names too, else the largest that looks like one at the head. */
function findCode(lines: readonly PrintedLine[], segments: readonly string[]): string {
  const printed = lines
    .filter(({ box }) => box[1] < 700 || box[1] > 3200)
    .flatMap(({ text, size }) => {
      const [, letters, number] = codeShape.exec(text) ?? []
      return letters === undefined || number === undefined ? [] : [{ code: `${letters} ${number}`, size }]
    })
    .sort((a, b) => b.size - a.size)
  const flat = new Set(segments.map(flatten))
  const named = printed.find(({ code }) => flat.has(flatten(code)))
  const [, letters, number] =
    segments.map((one) => /^([A-ZÅÄÖ]{1,5})(\d{1,4}[a-z]{0,2})$/.exec(one)).find(Boolean) ?? []
  const told = letters === undefined ? undefined : `${letters} ${number}`
  return named?.code ?? told ?? printed[0]?.code ?? ''
}

function findVersion(lines: readonly PrintedLine[], code: string): string {
  const foot = lines.filter(({ text }) => code !== '' && flatten(text).includes(flatten(code)))
  const found = foot.map(({ text }) => /\b(\d{4}[-.]\d{2}|\d{2}[./]\d{2,4})\b/.exec(text)?.[1])
  return found.find((one) => one !== undefined) ?? ''
}

/** Words that titles of forms have, and institutions' names have not. */
const ofTitles =
  /hakemu|ilmoitu|selvity|vaatimus|muutos|tuki|raha|korvaus|ansökan|anmälan|utredning|begäran|bidrag|stöd|penning|ersättning/i

/** The largest words at the head, those that say what kind of form it is before an institution's name. */
function findTitle(lines: readonly PrintedLine[], code: string, barcode: FormPlace | undefined): string {
  const isOfCode = ({ box }: PrintedLine) => barcode !== undefined && touches(box, barcode)
  const rank = ({ text, size }: PrintedLine) => size * (ofTitles.test(text) ? 3 : 1)
  const head = lines
    .filter((line) => line.box[1] < 560 && line.text.length >= 6 && !isOfCode(line))
    .filter(({ text }) => flatten(text) !== flatten(code))
    .sort((a, b) => rank(b) - rank(a))
  const [best] = head
  if (best === undefined) return ''
  // The second line of a title follows closely, in letters as large.
  const next = head.find(
    (line) =>
      line.box[1] > best.box[1] &&
      line.box[1] - best.box[1] < best.size * 3 &&
      Math.abs(line.box[0] - best.box[0]) < 60 &&
      line.size > best.size * 0.8,
  )
  const words = next === undefined ? best.text : `${best.text} ${next.text}`
  return words
    .replace(codeShape, (found) => (flatten(found) === flatten(code) ? '' : found))
    .trim()
    .slice(0, 200)
}

function touches([x, y, width, height]: FormPlace, [left, top, wide, high]: FormPlace): boolean {
  return x < left + wide && left < x + width && y < top + high && top < y + height
}

/** The benefit whose name stands in the title. */
function guessBenefit(title: string, language: Language): Benefit | null {
  const flat = flatten(title)
  const order = [language, ...languages.filter((one) => one !== language)]
  for (const one of order) {
    const fitting = benefits.filter((code) => flat.includes(flatten(getBenefit(code).names[one])))
    const [best] = fitting.sort((a, b) => nameLength(b, one) - nameLength(a, one))
    if (best !== undefined) return best
  }
  return null
}

const nameLength = (code: Benefit, language: Language) => getBenefit(code).names[language].length
