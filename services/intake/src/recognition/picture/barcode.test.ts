import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import bwipjs from 'bwip-js/node'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { type Damage, profiles, scanPage } from '../../../../../test/samples/damage.ts'
import { encodePages } from '../../../../../test/samples/file.ts'
import { drawMultiPage, type Sheet } from '../../../../../test/samples/form.ts'
import { createRandom } from '../../../../../test/samples/people.ts'
import { readCodeReader } from '../disk.process.ts'
import { inspectFile } from '../inspect.ts'
import { rasterise } from '../rasterise.ts'
import { findCodes, prepareCodeReader } from './barcode.ts'
import type { Grey } from './grey.ts'

prepareCodeReader(readCodeReader())

/** Where a code is printed, in 1/300 inch; a two-dimensional one is 16 mm, a thin bar 0.4 mm. */
const printed = [
  { kind: 'qrcode', text: 'HA 1:700123:fi', x: 2100, y: 150 },
  { kind: 'datamatrix', text: 'SP 2:700124:sv', x: 250, y: 700 },
  { kind: 'code128', text: 'TSN00001234', x: 1200, y: 1300 },
  { kind: 'code39', text: 'PATCHT', x: 300, y: 1900 },
  { kind: 'code39', text: 'ASN00127', x: 1000, y: 2700 },
  { kind: 'qrcode', text: 'https://example.test/?id=8801', x: 300, y: 3050 },
] as const
const everyText = printed.map(({ text }) => text).sort()

function printPage(): Grey {
  const page = { width: 2480, height: 3508, data: new Uint8Array(2480 * 3508).fill(255) }
  for (const { kind, text, x, y } of printed) {
    const [drawn] = bwipjs.raw({ bcid: kind, text }) as (Matrix | Bars)[]
    if (drawn === undefined) throw new Error('the code could not be drawn')
    if ('pixs' in drawn) printMatrix(page, drawn, x, y)
    else printBars(page, drawn.sbs, x, y)
  }
  return page
}
type Matrix = { readonly pixs: readonly number[]; readonly pixx: number }
type Bars = { readonly sbs: readonly number[] }

function printMatrix(page: Grey, { pixs, pixx }: Matrix, x: number, y: number): void {
  const module = 189 / pixx
  pixs.forEach((on, index) => {
    if (on === 0) return
    const [left, top] = [x + (index % pixx) * module, y + Math.floor(index / pixx) * module]
    fill(page, left, top, left + module, top + module)
  })
}

function printBars(page: Grey, widths: readonly number[], x: number, y: number): void {
  let left = x
  for (const [index, width] of widths.entries()) {
    if (index % 2 === 0) fill(page, left, y, left + width * 4.7, y + 150)
    left += width * 4.7
  }
}

function fill({ width, data }: Grey, left: number, top: number, right: number, bottom: number): void {
  for (let y = Math.round(top); y < Math.round(bottom); y++)
    data.fill(20, y * width + Math.round(left), y * width + Math.round(right))
}

const none = () => false
const page = printPage()

async function findTexts(damage: Damage): Promise<string[]> {
  const { bytes } = await encodePages([await scanPage(page, damage, createRandom(7))], damage)
  const codes = await findCodes(await rasterise(bytes, damage.as === 'png' ? 'png' : 'jpeg', 1), none)
  return codes.map(({ text }) => text).sort()
}

describe.each([150, 200, 300])('a page of six codes at %s dots an inch', (dpi) => {
  test.each([0, 90, 180, 270] as const)('turned by %s degrees: every code is read, none twice', async (turned) => {
    expect(await findTexts({ ...profiles.clean, dpi, turned, as: 'png' })).toEqual(everyText)
    const worn = { noise: 4, light: 0.15, blur: dpi / 300, quality: 50 }
    expect(await findTexts({ ...profiles.clean, ...worn, dpi, turned, skew: 2 })).toEqual(everyText)
    expect(await findTexts({ ...profiles.clean, ...worn, dpi, turned, skew: -0.6 })).toEqual(everyText)
  })
})

test('the corner alone is looked at where what it holds is enough', async () => {
  const bytes = await sharp(page.data, { raw: { width: page.width, height: page.height, channels: 1 } })
    .png()
    .toBuffer()
  const raster = { ...(await rasterise(bytes, 'png', 1)), dpi: 300 }
  const codes = await findCodes(raster, (found) => found.some(({ text }) => text.startsWith('HA 1')))
  expect(codes.map(({ text }) => text)).toEqual(['HA 1:700123:fi'])
})

test('no code is made up from lines, letters, ticks, blots or grain', async () => {
  const sheets: Sheet[] = ['housing-fi', 'sickness-fi', 'child-sv'].map((layout, index) => ({
    layout,
    seed: 90 + index,
    isCodeBlotted: true,
  }))
  const damages = [profiles.dirty, profiles.coarse, profiles.fax] as const
  for (const [index, sheet] of [...sheets, { letter: 'fi' } as const].entries()) {
    const damage = damages[index % damages.length] ?? profiles.clean
    const { bytes } = await drawMultiPage([sheet], damage)
    const raster = await rasterise(bytes, damage.as === 'g4' ? 'tiff' : 'jpeg', 1)
    expect(await findCodes(raster, none)).toEqual([])
  }
})

/** A folder of others' code images: NAME.txt beside an image holds its text, and one without it is `listed` below or has none. */
const folder = process.env['TASAIN_BARCODES']

/** What the sources say of files that have no text beside them: the codes of each page that has some, by its number. */
const listed: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>> = {
  'pngx_barcode-128-asn-too-large.pdf': { 1: ['ASN4294967296'] },
  'pngx_barcode-qr-asn-000123-upscale-dpi.pdf': { 1: ['ASN 000123'] },
  'pngx_many-qr-codes.pdf': { 2: Array.from({ length: 7 }, () => 'ADAR-NEXTDOC') },
  'pngx_patch-code-t-middle-fuzzy.pdf': { 2: ['PATCHT'] },
  'pngx_patch-code-t-middle.pdf': { 2: ['PATCHT'] },
  'pngx_patch-code-t-middle.tiff': { 2: ['PATCHT'] },
  'pngx_patch-code-t-qr.pdf': { 1: ['PATCHT'] },
  'pngx_several-patcht-codes.pdf': { 3: ['PATCHT'], 6: ['PATCHT'] },
  'pngx_split-by-asn-1.pdf': { 1: ['ASN00123'], 3: ['ASN00124'], 4: ['ASN00125'], 7: ['ASN00126'], 9: ['ASN00127'] },
  'pngx_split-by-asn-2.pdf': {
    1: ['ASN00123'],
    3: ['PATCHT'],
    5: ['ASN00124'],
    6: ['ASN00125'],
    9: ['ASN00126'],
    11: ['ASN00127'],
  },
  // Read bar by bar: FNC4 twice, then letters of the upper half of Latin-1.
  'zx_code128-1/6.png': { 1: ['óóóó1234óóabózz'] },
  'zx_multi-1/multi-dm.png': { 1: Array.from({ length: 5 }, () => 'X12X12X12X12') },
  // EAN and PDF417 are read by nobody here: no form, cover or separator carries one.
  'zx_pdf417-1/03-aliased.png': {},
  'zx_pdf417-1/03-flipped.png': {},
}
/** Four different codes of which only the number is known. */
const counted: Readonly<Record<string, number>> = { 'zx_multi-1/multi-qr.png': 4 }

function listExpected(name: string, pageNumber: number): readonly string[] {
  const beside = join(folder ?? '', name.replace(/\.\w+$/, '.txt'))
  const texts = listed[name]
  if (texts !== undefined) return texts[pageNumber] ?? []
  return existsSync(beside) ? [readFileSync(beside, 'utf8').replace(/\r?\n$/, '')] : []
}

const listImages = (path: string) =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(png|webp|pdf|tiff)$/.test(name))
    .sort()

describe.skipIf(folder === undefined)('a folder of code images', () => {
  const names = folder === undefined ? ['none'] : listImages(folder)
  test.each(names)('%s: every expected text, none made up', async (name) => {
    const file = readFileSync(join(folder ?? '', name))
    const bytes = name.endsWith('.webp') ? await sharp(file).png().toBuffer() : file
    const inspected = await inspectFile(bytes)
    if (!inspected.ok) throw new Error(inspected.reason)
    for (let number = 1; number <= inspected.pageCount; number++) {
      const codes = await findCodes(await rasterise(bytes, inspected.kind, number), none)
      const texts = codes.map(({ text }) => text)
      if (name in counted) expect(new Set(texts).size).toBe(counted[name])
      else expect(texts.sort()).toEqual([...listExpected(name, number)].sort())
    }
  })
})
