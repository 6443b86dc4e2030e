import type { FieldReading } from '@tasain/contracts'
import type { IsoDate } from '@tasain/vocabulary'
import type { Engine, Model, ReadOptions } from '../engine/engine.ts'
import type { FieldType } from '../forms/definition.ts'
import type { Affine, Grey } from '../picture/grey.ts'
import { cutField, type Place } from './snippet.ts'
import type { Look } from './values.ts'
import { judge, type Verdict, wantsThirdLook } from './verdict.ts'

/** One way of looking at a field: by which model, at which scale, thresholded how. */
type Eyes = {
  readonly model: Model
  readonly scale: number
  readonly threshold: 'global' | 'local'
  readonly onlyInDoubt?: boolean
}

/** Where a field is on a page, at 300 dpi or any scale mapped to the page. */
export type FieldPlace = Place & { readonly name: string; readonly type: FieldType }
export type PlacedReading = Verdict & Pick<FieldReading, 'box'>

const digits = '0123456789'
const only: Partial<Record<FieldType, string>> = {
  hetu: `${digits}ABCDEFHJKLMNPRSTUVWXY+- `,
  iban: `${digits}FI `,
  date: `${digits}. `,
  amount: `${digits}, `,
  phone: `${digits}+ `,
}

/** The Finnish model reads digits best, the Swedish one (which knows å) words; each is checked by the other. */
const forDigits: readonly Eyes[] = [
  { model: 'fin', scale: 0.8, threshold: 'global' },
  { model: 'swe', scale: 1, threshold: 'global' },
  { model: 'swe', scale: 0.67, threshold: 'local', onlyInDoubt: true },
]
const forWords: readonly Eyes[] = [
  { model: 'swe', scale: 1, threshold: 'global' },
  { model: 'swe', scale: 0.67, threshold: 'local' },
  { model: 'fin', scale: 0.8, threshold: 'global' },
]
/** Many lines: a local threshold would find letters in the paper's grain. */
const forText: readonly Eyes[] = [
  { model: 'swe', scale: 0.8, threshold: 'global' },
  { model: 'swe', scale: 0.67, threshold: 'global' },
  { model: 'fin', scale: 0.8, threshold: 'global' },
]
const forEmail: readonly Eyes[] = [
  { model: 'eng', scale: 1, threshold: 'global' },
  { model: 'eng', scale: 0.8, threshold: 'local' },
]

/**
 * Looks at one field two or three times and judges. undefined when nothing is written there. The box is in the
 * coordinates of the place.
 */
export async function lookAtField(
  engine: Engine,
  page: Grey,
  toPage: Affine,
  place: FieldPlace,
  today: IsoDate,
): Promise<PlacedReading | undefined> {
  const looks: Look[] = []
  let box: PlacedReading['box'] | undefined
  for (const eyes of eyesFor(place.type)) {
    if (eyes.onlyInDoubt && !wantsThirdLook(place.type, looks, today)) break
    const snippet = cutField(page, toPage, place, eyes.scale)
    if (snippet === undefined) {
      looks.push({ text: '', confidence: 0 })
      continue
    }
    box ??= snippet.box
    looks.push(await lookOnce(engine, snippet.image, place.type, eyes))
  }
  const verdict = judge(place.type, looks, today)
  return verdict === undefined || box === undefined ? undefined : { ...verdict, box }
}

function eyesFor(type: FieldType): readonly Eyes[] {
  if (only[type] !== undefined) return forDigits
  if (type === 'email') return forEmail
  return type === 'text' ? forText : forWords
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
  }
}

/**
 * Settles a page's fields: where every identity code and account number on it is proved, the page is well legible, and
 * what all looks agreed on is believed too.
 */
export function settleFields(
  read: readonly { readonly name: string; readonly type: FieldType; readonly reading: PlacedReading }[],
): Record<string, FieldReading> {
  const proofs = read.filter(({ type }) => type === 'hetu' || type === 'iban')
  const legible = proofs.length > 0 && proofs.every(({ reading }) => reading.status === 'sure')
  const settled = read.map(({ name, reading: { likely, ...reading } }): [string, FieldReading] => {
    return [name, legible && likely ? { ...reading, status: 'sure' } : reading]
  })
  return Object.fromEntries(settled)
}
