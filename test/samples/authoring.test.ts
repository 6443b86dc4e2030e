import type { FormPlace } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { placeWords } from '../../services/intake/src/recognition/authoring/blank-words.ts'
import { isFilledIn } from '../../services/intake/src/recognition/authoring/filled-in.ts'
import { proposeForm } from '../../services/intake/src/recognition/authoring/propose.ts'
import { engineParts, readCodeReader } from '../../services/intake/src/recognition/disk.process.ts'
import { openEngine } from '../../services/intake/src/recognition/engine/engine.ts'
import { prepareCodeReader } from '../../services/intake/src/recognition/picture/barcode.ts'
import { withPdf } from '../../services/intake/src/recognition/picture/pdf.ts'
import { listPdfWords } from '../../services/intake/src/recognition/picture/pdf-text.ts'
import { standUp } from '../../services/intake/src/recognition/picture/upright.ts'
import { preparePage } from '../../services/intake/src/recognition/reading.ts'
import type { Profile } from './damage.ts'
import { drawFormPdf } from './draw.ts'
import { drawBlank } from './form.ts'
import { defineForm } from './geometry.ts'
import { getLayout } from './layouts.ts'

prepareCodeReader(readCodeReader())
const engine = openEngine(engineParts)
const today = '2026-11-02'

test.each<[string, Profile]>([
  ['study-fi', 'clean'],
  ['sickness-fi', 'coarse'],
])('%s, a blank scanned %s, is proposed as it was drawn', { timeout: 180_000 }, async (id, profile) => {
  const layout = getLayout(id)
  const { bytes } = await drawBlank(id, 3, profile)
  const { upright, barcodes } = await preparePage(engine, { bytes, kind: 'jpeg', page: 1 }, [])
  const { draft } = await proposeForm(engine, { upright, barcodes }, today)
  const wanted = defineForm(layout)
  expect(draft).toMatchObject({
    code: layout.code,
    version: layout.version,
    language: layout.language,
    benefit: layout.benefit,
    title: layout.title,
  })
  expect(draft.barcode?.begins).toBe(`TSN:${layout.code.replace(' ', '')}:${layout.version}:1:`)
  const proposed = wanted.fields.map((field) => {
    const there = draft.fields.find(({ region }) => shareInCommon(region, field.region) > 0.5)
    // Only the designer of the form knows what its boxes are to be called.
    const name = field.type === 'tick' && there ? field.name : there?.name
    return { name, type: there?.type, cells: there?.comb?.cells }
  })
  expect(proposed).toEqual(wanted.fields.map(({ name, type, comb }) => ({ name, type, cells: comb?.cells })))
  expect(draft.fields).toHaveLength(wanted.fields.length)
})

test('the words of a blank PDF are those it says itself', { timeout: 180_000 }, async () => {
  const { pdf: bytes } = await drawFormPdf(getLayout('study-fi'), 1)
  const { upright, barcodes } = await preparePage(engine, { bytes, kind: 'pdf', page: 1 }, [])
  const told = placeWords(upright, await withPdf(bytes, (pdf) => listPdfWords(pdf, 1)))
  // As it says, and as no reading would: where the file's text is borne out, each of its words is believed.
  const marked = told.map(({ text, box }) => ({ text: text === 'Asun' ? 'Äsün' : text, box }))
  const { draft, isFilledIn } = await proposeForm(engine, { upright, barcodes, told: marked }, today)
  expect(isFilledIn).toBe(false)
  expect(draft.fields.map(({ type, label, guessed }) => `${type} ${label}${guessed ? '?' : ''}`)).toEqual(
    expect.arrayContaining([
      'tick Äsün itsenäisesti',
      'tick Äsün vanhempani luona',
      'line Oppilaitos?',
      'hetu Henkilötunnus',
    ]),
  )
})

test.each<[string, string, number, boolean]>([
  ['in a frame', 'Hakija 131052-9085', 130, true],
  ['in a frame, parted', 'Hakija 131052 - 9085', 130, true],
  ['an account in a frame', 'Tili FI21 1234 5600 0007 85', 130, true],
  ['one that holds by no rule', 'Hakija 131052-908U', 130, false],
  ['as an example', 'Tunnus (esim. 131052-9085)', 130, false],
  ['an account printed beside the frames', 'Tilimme FI21 1234 5600 0007 85', 900, false],
  ['beside the frames where none is asked for', 'Hakija 131052-9085', 900, true],
])('a copy is taken for filled in or not: %s', async (_what, text, y, filledIn) => {
  const page = { width: 1200, height: 1000, data: new Uint8Array(1_200_000).fill(255) }
  const words = text.split(' ').map((word, index) => ({
    text: word,
    box: [120 + index * 150, y, 140, 30] as [number, number, number, number],
    confidence: 0.9,
    line: 0,
  }))
  expect(await isFilledIn(engine, { page, words, fields: [], frames: [[100, 100, 1000, 100]] }, today)).toBe(filledIn)
})

test('a page larger than a form may be is refused, not drawn at 300 dpi', async () => {
  for (const [width, height] of [
    [9000, 40],
    [3000, 3000],
  ] as const) {
    const large = standUp({ width, height, dpi: 90, data: new Uint8Array(width * height) }, 0, 0)
    await expect(proposeForm(engine, { upright: large, barcodes: [] }, today)).rejects.toMatchObject({
      code: 'scan.too_large_image',
    })
  }
})

/** The common part of two places, against both together. */
function shareInCommon([x, y, width, height]: FormPlace, [left, top, wide, high]: FormPlace): number {
  const across = Math.min(x + width, left + wide) - Math.max(x, left)
  const down = Math.min(y + height, top + high) - Math.max(y, top)
  const common = Math.max(0, across) * Math.max(0, down)
  return common / (width * height + wide * high - common)
}
