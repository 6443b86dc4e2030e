import type { FieldReading } from '@tasain/contracts'
import type { IsoDate } from '@tasain/vocabulary'
import type { Engine, Model, ReadOptions, ReadWord } from '../engine/engine.ts'
import type { FieldType } from '../forms/definition.ts'
import type { Affine, Grey } from '../picture/grey.ts'
import { showsOtherMarks } from './marks.ts'
import { cutField, type Place, type Snippet } from './snippet.ts'
import type { Look } from './values.ts'
import { isSpelled, judge, mayYetAgree, type Verdict } from './verdict.ts'

/** One way of looking at a field: by which model, at which scale, thresholded how. */
type Eyes = { readonly model: Model; readonly scale: number; readonly threshold: 'global' | 'local' }

/** Where a field is on a page, at 300 dpi or any scale mapped to the page. */
export type FieldPlace = Place & { readonly name: string; readonly type: FieldType }
export type PlacedReading = Verdict & Pick<FieldReading, 'box'>

const digits = '0123456789'
const only: Partial<Record<FieldType, string>> = {
  hetu: `${digits}ABCDEFHJKLMNPRSTUVWXY+- `,
  iban: `${digits}FI `,
  date: `${digits}. `,
  amount: `${digits},. `,
  phone: `${digits}+ `,
}

const see = (model: Model, scale: number, threshold: Eyes['threshold'] = 'global'): Eyes => ({
  model,
  scale,
  threshold,
})
/** The Finnish model reads digits best, the Swedish one (which alone knows å) words; each is checked by the other. */
const forDigits = [see('fin', 0.8), see('swe', 0.8), see('fin', 1, 'local')]
const forWords = [see('swe', 0.8), see('fin', 0.8, 'local'), see('swe', 0.67, 'local')]
/** How a field is looked at, in order, until it is sure: measured on pages for tuning for what each finds and costs. */
const looksFor: Readonly<Record<FieldType, readonly Eyes[]>> = {
  hetu: forDigits,
  iban: [see('fin', 0.67), see('fin', 0.8), see('swe', 0.67, 'local')],
  date: forDigits,
  amount: [see('fin', 0.8, 'local'), see('swe', 0.8), see('swe', 0.67, 'local')],
  phone: forDigits,
  postal: forWords,
  name: forWords,
  line: forWords,
  // Many lines: a local threshold would find letters in the paper's grain.
  text: [see('swe', 0.67), see('fin', 0.67), see('swe', 0.8)],
  email: [see('eng', 1), see('eng', 0.8, 'local')],
}

/**
 * Looks at one field until it is sure, at most three times, and judges. undefined when nothing is written there. The box is
 * in the coordinates of the place.
 */
export async function lookAtField(
  engine: Engine,
  page: Grey,
  toPage: Affine,
  place: FieldPlace,
  today: IsoDate,
): Promise<PlacedReading | undefined> {
  const snippets = new Map<number, Snippet | undefined>()
  const looks: Look[] = []
  let box: PlacedReading['box'] | undefined
  let verdict: Verdict | undefined
  for (const eyes of looksFor[place.type]) {
    if (verdict?.status === 'sure' || (place.type === 'text' && looks.length > 1 && !mayYetAgree(looks, today))) break
    if (!snippets.has(eyes.scale)) snippets.set(eyes.scale, cutField(page, toPage, place, eyes.scale))
    const snippet = snippets.get(eyes.scale)
    box ??= snippet?.box
    looks.push(snippet ? await lookOnce(engine, snippet.image, place.type, eyes) : { text: '', confidence: 0 })
    verdict = judge(place.type, looks, today)
  }
  return verdict === undefined || box === undefined ? undefined : { ...verdict, box }
}

async function lookOnce(engine: Engine, image: Grey, type: FieldType, eyes: Eyes): Promise<Look> {
  const options: ReadOptions = {
    model: eyes.model,
    layout: type === 'text' ? 'block' : 'line',
    dpi: 300 * eyes.scale,
    threshold: eyes.threshold,
    ...(only[type] === undefined ? {} : { only: only[type] }),
  }
  const words = await engine.read(image, options)
  if (words.length === 0) return { text: '', confidence: 0 }
  return {
    text: words.map(({ text }) => text).join(' '),
    confidence: Math.min(...words.map(({ confidence }) => confidence)),
    crowned: isCrowned(words),
    lacksLetters: eyes.model === 'fin',
    unexplained: isSpelled(type) && showsOtherMarks(image, words),
  }
}

/** So much higher than its neighbours, by their height, a capital with a ring, dots or a hook stands. */
const crown = 0.13

/**
 * Whether a capital read without any mark stands higher on its line than other capitals and digits do: the models know no
 * Š and Ž, and lose the ring of an Å on a coarse scan.
 */
function isCrowned(words: readonly ReadWord[]): boolean {
  const lines = Map.groupBy(words, ({ line }) => line)
  return [...lines.values()].some(isLineCrowned)
}

function isLineCrowned(words: readonly ReadWord[]): boolean {
  const plain = words.filter(({ text }) => /^[A-Z0-9]/.test(text))
  const tops = plain.map(({ box }) => box[1]).sort((a, b) => b - a)
  const heights = plain.map(({ box }) => box[3]).sort((a, b) => a - b)
  const middle = Math.floor((plain.length - 1) / 2)
  const [line = 0, height = 0] = [tops[middle], heights[middle]]
  return plain.some(({ text, box }) => /^[A-Z]/.test(text) && line - box[1] > crown * height)
}

/**
 * Settles a page's fields: where every identity code and account number on it is proved, the page is well legible, and
 * what all looks agreed on is believed too. Where none is proved and one is not even possible, as often in handwriting,
 * nothing else is believed. A wrong one that every look reads alike is the writer's slip, and the page legible enough.
 */
export function settleFields(
  read: readonly { readonly name: string; readonly type: FieldType; readonly reading: PlacedReading }[],
): Record<string, FieldReading> {
  const isProof = (type: FieldType) => type === 'hetu' || type === 'iban'
  const proofs = read.filter(({ type }) => isProof(type))
  const isSure = ({ reading }: (typeof read)[number]) => reading.status === 'sure'
  const legible = proofs.length > 0 && proofs.every(isSure)
  const illegible =
    proofs.some(({ reading }) => reading.status === 'invalid' && !reading.likely) && !proofs.some(isSure)
  const settled = read.map(({ name, reading: { likely, ...reading } }): [string, FieldReading] => {
    if (legible && likely && reading.status !== 'invalid') return [name, { ...reading, status: 'sure' }]
    const doubted = illegible && reading.status === 'sure'
    return [name, doubted ? { ...reading, status: 'doubtful' } : reading]
  })
  return Object.fromEntries(settled)
}
