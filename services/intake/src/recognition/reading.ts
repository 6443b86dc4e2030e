import type { Barcode, FieldReading, FileKind, FormReading, PageFields, PageReading, PageText } from '@tasain/contracts'
import type { IsoDate } from '@tasain/vocabulary'
import type { Engine } from './engine/engine.ts'
import { lookAtField, type PlacedReading, settleFields } from './fields/look.ts'
import { findFormByBarcode, listForms } from './forms/catalogue.ts'
import type { FieldType, FormDefinition } from './forms/definition.ts'
import { guessByCode, type Registration, registerForm } from './forms/registration.ts'
import { type Code, findCodes } from './picture/barcode.ts'
import { type Affine, boxAround, compose, type Grey, invert, mapBox, mapPoint, shrink, turn } from './picture/grey.ts'
import { blankBelow, findInk, findSkew, inkShare } from './picture/ink.ts'
import { standUp, type UprightPage } from './picture/upright.ts'
import { type Raster, rasterise } from './rasterise.ts'

/** A page prepared for both stages: decoded once, stood upright, its codes and form known. */
export type PreparedPage = {
  readonly page: number
  readonly upright: UprightPage
  readonly blank: boolean
  readonly codes: readonly Code[]
  readonly barcodes: readonly Barcode[]
  readonly form: FormDefinition | undefined
  readonly registration: Registration | undefined
}

type Quarter = UprightPage['rotation']

/** Decodes a page and finds out how it stands, whether it is blank, which codes it carries and which form it is. */
export async function preparePage(engine: Engine, path: string, kind: FileKind, page: number): Promise<PreparedPage> {
  const raster = await rasterise(path, kind, page)
  const forms = listForms()
  const blank = inkShare(findInk(raster)) < blankBelow
  const codes = blank
    ? []
    : await findCodes(raster, (found) => found.some(({ text }) => findFormByBarcode(forms, text)))
  const formCode = codes.find(({ text }) => findFormByBarcode(forms, text))
  const rotation = blank ? 0 : formCode ? turnOf(formCode) : await findTurn(engine, raster)
  const turned = turn(raster, rotation)
  const skew = blank ? 0 : findSkew(findInk(turned))
  const upright = standUp(raster, rotation, skew, turned)
  const toUpright = (x: number, y: number) => mapPoint(invert(upright.toTurned), ...turnPoint(raster, rotation, x, y))
  const barcodes = codes.map(({ format, text, corners }) => ({
    format,
    text,
    box: boxAround(corners.map(([x, y]) => toUpright(x, y))),
  }))
  const form = formCode && findFormByBarcode(forms, formCode.text)
  const registration = form && formCode && registerForm(upright.image, form, guess(form, formCode, toUpright, raster))
  return { page, upright, blank, codes, barcodes, form, registration }
}

/** The first stage: the fields of a known form, found by its regions. */
export async function readFields(engine: Engine, prepared: PreparedPage, today: IsoDate): Promise<PageFields> {
  const { page, upright, blank, barcodes, form, registration } = prepared
  const fields = form && registration ? await readRegions(engine, upright, form, registration.map, today) : {}
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
    form: form ? describeForm(form, 1) : null,
    fields,
    found: registration ? 'regions' : 'none',
  }
}

/** The second stage: the whole text with its words' places, for search and for looking at. */
export async function readText(engine: Engine, prepared: PreparedPage): Promise<PageText> {
  if (prepared.blank) return { text: '', confidence: 0, words: [] }
  const { image, dpi } = prepared.upright
  // The Swedish model knows every letter of both languages, and reads Finnish pages no worse than both models together.
  const words = await engine.read(image, { model: 'swe', layout: 'page', dpi, threshold: 'local' })
  const lines = new Map<number, string[]>()
  for (const { line, text } of words) lines.set(line, [...(lines.get(line) ?? []), text])
  const confidence = words.length === 0 ? 0 : words.reduce((sum, word) => sum + word.confidence, 0) / words.length
  return {
    text: [...lines.values()].map((line) => line.join(' ')).join('\n'),
    confidence: Math.round(confidence * 1000) / 1000,
    words: words.map(({ text, confidence: sure, box }) => ({ text, confidence: sure, box })),
  }
}

/** Both stages on one page of a file. @throws CannotRead when the page cannot be decoded. */
export async function readPage(
  engine: Engine,
  path: string,
  kind: FileKind,
  page: number,
  today: IsoDate,
): Promise<PageReading> {
  const prepared = await preparePage(engine, path, kind, page)
  const fields = await readFields(engine, prepared, today)
  return { ...fields, ...(await readText(engine, prepared)) }
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
  for (const field of form.fields) {
    const reading = await lookAtField(engine, upright.turned, toTurned, field, today)
    if (reading === undefined) continue
    read.push({ name: field.name, type: field.type, reading: { ...reading, box: mapBox(map, reading.box) } })
  }
  return settleFields(read)
}

function describeForm({ code, version, language, benefit }: FormDefinition, confidence: number): FormReading {
  return { code, version, language, benefit, confidence }
}

/** How far the page must be turned for the code to stand upright. */
function turnOf(code: Code): Quarter {
  const lies = Math.round(code.turned / 90) * 90
  return ([0, 90, 180, 270] as const).find((degrees) => (lies + degrees) % 360 === 0) ?? 0
}

/** Without a code the letters tell, on a copy small enough to be quick; an unsure answer leaves the page as it is. */
async function findTurn(engine: Engine, page: Raster): Promise<Quarter> {
  const { degrees, confidence } = await engine.findTurn(shrink(page, page.dpi >= 250 ? 2 : 1))
  return confidence >= 1 ? degrees : 0
}

function turnPoint({ width, height }: Grey, rotation: Quarter, x: number, y: number): [number, number] {
  if (rotation === 0) return [x, y]
  if (rotation === 180) return [width - x, height - y]
  return rotation === 90 ? [height - y, x] : [y, width - x]
}

function guess(
  form: FormDefinition,
  code: Code,
  toUpright: (x: number, y: number) => [number, number],
  raster: Raster,
): Affine {
  const corners = code.corners.map(([x, y]) => toUpright(x, y))
  const middle: [number, number] = [mean(corners.map(([x]) => x)), mean(corners.map(([, y]) => y))]
  const [first, second] = corners
  const side = first && second ? Math.hypot(second[0] - first[0], second[1] - first[1]) : undefined
  return guessByCode(form, { middle, side }, raster.dpi)
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length)
}
