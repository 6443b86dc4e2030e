import { readFileSync, statSync } from 'node:fs'
import { isTestHetu, isValidIban, parseHetu } from '@tasain/vocabulary'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { findServingOffice, readNation } from '../../infra/demo/nation.ts'
import { listDemoScans } from '../../infra/embedded/demo-scans.ts'
import { readCodeReader } from '../../services/intake/src/recognition/disk.process.ts'
import { findCodes, prepareCodeReader } from '../../services/intake/src/recognition/picture/barcode.ts'
import { profiles } from './damage.ts'
import { drawBlank, drawDigitalForm, drawForm, drawMultiPage } from './form.ts'
import { defineForm } from './geometry.ts'
import { layouts } from './layouts.ts'
import { createRandom, drawAnswers } from './people.ts'
import { drawVariedAnswers } from './varied.ts'

prepareCodeReader(readCodeReader())
const forms = new URL('../../services/intake/src/recognition/forms/', import.meta.url)

describe('the people', () => {
  const answers = Array.from({ length: 300 }, (_, seed) => drawAnswers(createRandom(seed), seed % 2 ? 'fi' : 'sv'))

  test('have identity codes that nobody real can have, of old and new signs', () => {
    const codes = answers.map(({ hetu }) => parseHetu(hetu ?? ''))
    expect(codes.every((code) => code !== undefined && isTestHetu(code))).toBe(true)
    const signs = new Set(answers.map(({ hetu }) => hetu?.charAt(6)))
    expect(signs).toEqual(new Set(['-', 'A', 'B', 'X', 'Y']))
  })

  test('have account numbers that are right by both checks, and live where an office serves them', () => {
    const { postalAreas } = readNation()
    for (const { iban = '', postal = '' } of answers) {
      expect(isValidIban(iban), iban).toBe(true)
      expect(findServingOffice(postalAreas, postal.slice(0, 5)), postal).toBeDefined()
    }
  })
})

describe('the varied people', () => {
  const drawn = Array.from({ length: 300 }, (_, seed) => drawVariedAnswers(createRandom(seed), seed % 2 ? 'fi' : 'sv'))

  test('are nobody real, and live where an office serves them', () => {
    const { postalAreas } = readNation()
    for (const { written } of drawn) {
      const code = parseHetu(written['hetu'] ?? '')
      expect(code !== undefined && isTestHetu(code)).toBe(true)
      expect(isValidIban(written['iban'] ?? ''), written['iban']).toBe(true)
      expect(findServingOffice(postalAreas, (written['postal'] ?? '').slice(0, 5)), written['postal']).toBeDefined()
    }
  })

  test('write amounts in several ways that mean the same', () => {
    for (const { written, meant } of drawn) {
      const digits = (value: string | undefined) => value?.replace(/[ .]/g, '')
      expect(meant['amount']).toMatch(/^\d{1,3}( \d{3})*(,\d\d)?$/)
      expect(digits(meant['amount'])).toBe(digits(written['amount']))
    }
    expect(new Set(drawn.map(({ written }) => written['amount']?.replace(/\d+/g, '9'))).size).toBeGreaterThanOrEqual(4)
  })

  test('leave some fields empty', () => {
    for (const field of ['phone', 'free', 'amount2'])
      expect(drawn.filter(({ written }) => written[field] === undefined).length).toBeGreaterThan(5)
  })
})

describe('the forms', () => {
  test.each(layouts)('$code is defined for reading as it is drawn', (layout) => {
    const file = new URL(`${layout.code.toLowerCase().replace(' ', '')}.json`, forms)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(defineForm(layout))))
  })

  test.each(layouts)('$code carries its code, at least 16 mm wide', async (layout) => {
    const { bytes, truth } = await drawForm({ layout: layout.id, seed: 12 })
    const { data, info } = await sharp(bytes).extractChannel(0).raw().toBuffer({ resolveWithObject: true })
    const [code] = await findCodes(
      { width: info.width, height: info.height, data, dpi: 300 },
      (found) => found.length > 0,
    )
    expect(code?.text).toBe(truth.codeText)
    expect(code?.text).toBe(`TSN:${layout.code.replace(' ', '')}:${layout.version}:1:000012`)
    const [left, right] = code?.corners ?? []
    expect((((right?.[0] ?? 0) - (left?.[0] ?? 0)) * 25.4) / 300).toBeGreaterThan(16)
  })

  test('are the same bytes for the same order, and others for another seed', { timeout: 90_000 }, async () => {
    const order = { layout: 'sickness-fi', seed: 3 } as const
    for (const damage of ['fax', 'inPdf'] as const) {
      const [one, other] = [await drawForm({ ...order, damage }), await drawForm({ ...order, damage })]
      expect(one.bytes.equals(other.bytes), damage).toBe(true)
      expect(one.truth).toEqual(other.truth)
    }
    const [one, other] = [await drawDigitalForm(order), await drawDigitalForm({ ...order, seed: 4 })]
    expect((await drawDigitalForm(order)).bytes.equals(one.bytes)).toBe(true)
    expect(other.bytes.equals(one.bytes)).toBe(false)
  })

  test('have less ink on them before they are filled in', async () => {
    const ink = async (bytes: Buffer) => 255 - ((await sharp(bytes).stats()).channels[0]?.mean ?? 255)
    const [blank, filled] = [await drawBlank('housing-fi', 5), await drawForm({ layout: 'housing-fi', seed: 5 })]
    expect(await ink(blank.bytes)).toBeLessThan(await ink(filled.bytes))
  })
})

describe('several sheets in one file', () => {
  const sheets = [{ layout: 'housing-fi', seed: 8 }, { letter: 'fi' }, 'blank'] as const

  test('are the pages of a PDF', async () => {
    const { bytes, mediaType, truths } = await drawMultiPage(sheets)
    expect(mediaType).toBe('application/pdf')
    expect((await PDFDocument.load(bytes)).getPageCount()).toBe(3)
    expect(truths.map(({ formCode }) => formCode)).toEqual(['YA 2'])
  })

  test('are the pages of a fax TIFF at its own resolution', async () => {
    const { bytes } = await drawMultiPage(sheets, 'fax')
    const { pages, density, bitsPerSample } = await sharp(bytes).metadata()
    expect({ pages, density, bitsPerSample }).toEqual({ pages: 3, density: 200, bitsPerSample: 1 })
  })

  test('cannot be in a JPEG', async () => {
    await expect(drawMultiPage(sheets, profiles.clean)).rejects.toThrow(RangeError)
  })
})

test('the demo scans are at most 2 MB together', () => {
  const scans = listDemoScans()
  expect(scans.length).toBeGreaterThanOrEqual(12)
  expect(scans.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(2_000_000)
})
