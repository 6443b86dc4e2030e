import type {
  Barcode,
  FieldReading,
  FileKind,
  FirstReading,
  FormReading,
  PageText,
  TextMode,
  Upright,
} from '@tasain/contracts'
import type { IsoDate } from '@tasain/vocabulary'
import { readSheetCode } from '../scanning/sheets/sheet-code.ts'
import { isBareSheet } from './bare-sheet.ts'
import type { Engine, ReadWord } from './engine/engine.ts'
import { CannotRead } from './failure.ts'
import { readByLabels } from './fields/by-label.ts'
import { lookAtField, type PlacedReading, settleFields } from './fields/look.ts'
import { readTicks } from './fields/tick.ts'
import { placeCode, turnOf } from './forms/by-code.ts'
import { findFormByBarcode, findFormByHeading } from './forms/catalogue.ts'
import { type FieldType, type FormDefinition, isTick, isWritten } from './forms/definition.ts'
import { findByCode, recogniseForm } from './forms/recognise.ts'
import type { Registration } from './forms/registration.ts'
import { type Code, findCodes } from './picture/barcode.ts'
import { prepareClean, preparePlain, whitenPaper } from './picture/clean.ts'
import { type Affine, boxAround, compose, mapBox, shrink, turn } from './picture/grey.ts'
import { blankBelow, findInk, findSkew, inkShare } from './picture/ink.ts'
import { isNoise } from './picture/noise.ts'
import { standUp, type UprightPage } from './picture/upright.ts'
import { type Raster, rasterise } from './rasterise.ts'

/** A page prepared for both stages: decoded once, stood upright, its codes and form known. */
export type PreparedPage = {
  readonly page: number
  readonly upright: UprightPage
  readonly blank: boolean
  readonly barcodes: readonly Barcode[]
  /** Whether it only orders the papers around it, as a cover or separator does: then nothing is looked for on it. */
  readonly isSheet: boolean
  /** The form it is, and how that lies on the page when its lines are where they belong. */
  readonly found: { readonly form: FormDefinition; readonly registration: Registration | undefined } | undefined
}
export type PageOfFile = { readonly bytes: Uint8Array; readonly kind: FileKind; readonly page: number }

type Quarter = UprightPage['rotation']

/**
 * Decodes a page and finds out how it stands, whether it is blank, which codes it carries and which of the forms it is.
 * @throws CannotRead when the page cannot be decoded or is nothing but noise.
 */
export async function preparePage(
  engine: Engine,
  { bytes, kind, page }: PageOfFile,
  forms: readonly FormDefinition[],
): Promise<PreparedPage> {
  const raster = await rasterise(bytes, kind, page)
  const ink = findInk(raster)
  if (inkShare(ink) < blankBelow) {
    return { page, upright: standUp(raster, 0, 0), blank: true, barcodes: [], isSheet: false, found: undefined }
  }
  const isSheetCode = ({ text }: Code) => readSheetCode(text) !== undefined
  const isOurs = (code: Code) => isSheetCode(code) || findFormByBarcode(forms, code.text) !== undefined
  const codes = await findCodes(raster, (found) => found.some(isOurs))
  if (codes.length === 0 && isNoise(raster)) throw new CannotRead('scan.only_noise', 'no pixel tells of its neighbours')
  const ours = codes.find(isOurs)
  const rotation = ours ? turnOf(ours) : await findTurn(engine, raster)
  const turned = turn(raster, rotation)
  const upright = standUp(raster, rotation, findSkew(rotation === 0 ? ink : findInk(turned)), turned)
  const placed = codes.map((code) => placeCode(code, raster, upright))
  const barcodes = placed.map(({ format, text, corners }) => ({ format, text, box: boxAround(corners) }))
  const sheet = codes.find(isSheetCode)
  const isSheet = sheet !== undefined && isBareSheet(sheet.text, await readWords(engine, upright, 'plain'))
  const found = isSheet ? undefined : await findForm(engine, upright, forms, placed)
  return { page, upright, blank: false, barcodes, isSheet, found }
}

/** By its code, else by its printed lines and labels, else by its title and printed code. */
async function findForm(
  engine: Engine,
  upright: UprightPage,
  forms: readonly FormDefinition[],
  codes: readonly Code[],
): Promise<PreparedPage['found']> {
  if (forms.length === 0) return undefined
  const known = findByCode(upright, forms, codes) ?? (await recogniseForm(engine, upright, forms))
  if (known !== undefined) return known
  const form = findFormByHeading(forms, await readWords(engine, upright, 'clean'), upright)
  return form && { form, registration: undefined }
}

/** The first stage: the fields, by the regions of a registered form, else by the labels printed beside them. */
export async function readFields(engine: Engine, prepared: PreparedPage, today: IsoDate): Promise<FirstReading> {
  const { page, upright, blank, barcodes, isSheet, found } = prepared
  const registration = found?.registration
  const isEmpty = blank || isSheet
  const fields = registration
    ? await readRegions(engine, upright, found.form, registration.map, today)
    : isEmpty
      ? {}
      : await readByLabels(engine, upright, await readWords(engine, upright, 'clean'), today)
  const { width, height, dpi, rotation, skew } = upright
  return {
    page,
    width,
    height,
    dpi: Math.round(dpi),
    rotation,
    skew,
    blank,
    barcodes: [...barcodes],
    form: found ? describeForm(found.form) : null,
    fields,
    found: registration ? 'regions' : isEmpty ? 'none' : 'labels',
    sheet: isSheet,
    ...(registration || blank ? {} : { whole: await readText(engine, prepared, isSheet ? 'plain' : 'clean') }),
  }
}

/**
 * The second stage: the whole text with its words' places, for search and for looking at. Known forms are read plain
 * unless told, for their fields have been read from larger pieces; unknown ones clean.
 */
export async function readText(
  engine: Engine,
  { upright, blank, found }: Pick<PreparedPage, 'upright' | 'blank' | 'found'>,
  mode: TextMode = found?.registration ? 'plain' : 'clean',
): Promise<PageText> {
  if (blank) return { text: '', confidence: 0, words: [] }
  const words = await readWords(engine, upright, mode)
  const lines = new Map<number, string[]>()
  for (const { line, text } of words) lines.set(line, [...(lines.get(line) ?? []), text])
  const confidence = words.length === 0 ? 0 : words.reduce((sum, word) => sum + word.confidence, 0) / words.length
  return {
    text: [...lines.values()].map((line) => line.join(' ')).join('\n'),
    confidence: Math.round(confidence * 1000) / 1000,
    words: words.map(({ text, confidence: sure, box }) => ({ text, confidence: sure, box })),
  }
}

/** The second stage by itself, on a page of which the first has told how it lies. @throws CannotRead */
export async function readTextOf(
  engine: Engine,
  { bytes, kind, page }: PageOfFile,
  { rotation, skew }: Pick<Upright, 'rotation' | 'skew'>,
  mode: TextMode,
): Promise<PageText> {
  const upright = standUp(await rasterise(bytes, kind, page), rotation, skew)
  return readText(engine, { upright, blank: false, found: undefined }, mode)
}

const wordsOf = new WeakMap<UprightPage, { readonly mode: TextMode; readonly words: Promise<ReadWord[]> }>()

/** The words of a page, read once where both stages need them. */
function readWords(engine: Engine, upright: UprightPage, mode: TextMode): Promise<ReadWord[]> {
  const before = wordsOf.get(upright)
  if (before?.mode === mode) return before.words
  const words = readWordsOnce(engine, upright, mode)
  wordsOf.set(upright, { mode, words })
  return words
}

async function readWordsOnce(engine: Engine, upright: UprightPage, mode: TextMode): Promise<ReadWord[]> {
  const { image, dpi, toUpright } = mode === 'clean' ? prepareClean(upright) : preparePlain(upright)
  // The Swedish model knows every letter of both languages, and reads Finnish pages no worse than both models together.
  const words = await engine.read(image, { model: 'swe', layout: 'page', dpi })
  return words.map((word) => ({ ...word, box: mapBox(toUpright, word.box) }))
}

async function readRegions(
  engine: Engine,
  upright: UprightPage,
  form: FormDefinition,
  map: Affine,
  today: IsoDate,
): Promise<Record<string, FieldReading>> {
  const read: { name: string; type: FieldType; reading: PlacedReading }[] = []
  // Cut from the page before it was levelled: one interpolation less.
  const toTurned = compose(map, upright.toTurned)
  for (const field of form.fields.filter(isWritten)) {
    const reading = await lookAtField(engine, upright.turned, toTurned, field, today)
    if (reading === undefined) continue
    read.push({ name: field.name, type: field.type, reading: { ...reading, box: mapBox(map, reading.box) } })
  }
  const ticks = readTicks(upright.turned, toTurned, form.fields.filter(isTick))
  const ticked = [...ticks].map(([name, tick]) => [name, { ...tick, box: mapBox(map, tick.box) }])
  return { ...settleFields(read), ...Object.fromEntries(ticked) }
}

function describeForm({ code, version, language, benefit }: FormDefinition): FormReading {
  return { code, version, language, benefit, confidence: 1 }
}

/** Without a code the letters tell, on a copy small enough to be quick; an unsure answer leaves the page as it is. */
async function findTurn(engine: Engine, page: Raster): Promise<Quarter> {
  // In shade or beside a dark edge the whole page would be taken for ink.
  const small = whitenPaper(shrink(page, page.dpi >= 250 ? 2 : 1))
  const { degrees, confidence } = await engine.findTurn(small)
  return confidence >= 1 ? degrees : 0
}
