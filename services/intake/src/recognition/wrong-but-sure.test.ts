import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FirstReading } from '@tasain/contracts'
import bwipjs from 'bwip-js/node'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { writeStripedTiff } from '../../../../test/samples/cut-tiff.ts'
import { profiles } from '../../../../test/samples/damage.ts'
import { drawFormPdf, drawLetterPdf } from '../../../../test/samples/draw.ts'
import { drawForm, drawMultiPage } from '../../../../test/samples/form.ts'
import { getLayout } from '../../../../test/samples/layouts.ts'
import { createRandom, drawAnswers } from '../../../../test/samples/people.ts'
import { drawCoverSheet, drawSeparatorSheet } from '../scanning/sheets/draw-sheet.ts'
import { createReaders } from './children.ts'

const folder = mkdtempSync(join(tmpdir(), 'sure-'))
const path = join(folder, 'page')
const readers = createReaders({ count: 1 })
afterAll(async () => {
  await readers.stop()
  rmSync(folder, { recursive: true })
})

async function inspect(bytes: Uint8Array) {
  writeFileSync(path, bytes)
  return await readers.inspect({ path })
}

async function read({ bytes }: { bytes: Uint8Array }): Promise<FirstReading> {
  const inspected = await inspect(bytes)
  if (!inspected.ok) throw new Error(inspected.reason)
  const answer = await readers.readFields({ path, kind: inspected.kind, page: 1 })
  if (!answer.ok) throw new Error(answer.reason)
  return answer.reading
}

/** The page with a separator's bar code stuck on near its foot. */
async function withSticker(pdf: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf)
  const [bars] = bwipjs.raw({ bcid: 'code128', text: 'PATCHT' }) as { sbs: number[] }[]
  let x = 60
  for (const [index, width] of (bars?.sbs ?? []).entries()) {
    if (index % 2 === 0) document.getPage(0).drawRectangle({ x, y: 40, width: width * 1.6, height: 34 })
    x += width * 1.6
  }
  return await document.save({ useObjectStreams: false })
}

describe('Wrong but sure', () => {
  test.each([true, false])('a TIFF cut off in its strips is refused, deflated: %s', async (isDeflated) => {
    const { bytes } = await drawForm({ layout: 'support-fi', seed: 41 })
    const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true })
    const whole = writeStripedTiff({ width: info.width, height: info.height, data }, { isDeflated })
    expect(await inspect(whole)).toMatchObject({ ok: true, pageCount: 1 })
    for (const share of [0.3, 0.6, 0.9, 0.99]) {
      const cut = whole.subarray(0, Math.floor(whole.length * share))
      expect(await inspect(cut), `${share}`).toMatchObject({ ok: false, code: 'scan.damaged' })
      const page = await readers.readFields({ path, kind: 'tiff', page: 1 })
      expect(page, `${share}`).toMatchObject({ ok: false, code: 'scan.damaged' })
    }
  })

  test('a fax of three pages that lost its end is refused, not two pages', async () => {
    const sheets = [{ layout: 'support-fi', seed: 42 }, { letter: 'fi' }, { layout: 'housing-sv', seed: 43 }] as const
    const { bytes } = await drawMultiPage(sheets, 'fax')
    expect(await inspect(bytes)).toMatchObject({ ok: true, pageCount: 3 })
    for (const share of [0.6, 0.8, 0.95])
      expect(await inspect(bytes.subarray(0, Math.floor(bytes.length * share)))).toMatchObject({ ok: false })
  })

  test('a form with a separator’s sticker is read as the form it is', { timeout: 60_000 }, async () => {
    const layout = getLayout('support-fi')
    const answers = drawAnswers(createRandom(44), layout.language)
    const { pdf } = await drawFormPdf(layout, 44, answers, { isCodeBlotted: true })
    const reading = await read(await drawMultiPage([await withSticker(pdf)], { ...profiles.clean, as: 'g4' }))
    expect(reading.barcodes).toMatchObject([{ text: 'PATCHT' }])
    expect(reading).toMatchObject({ sheet: false, form: { code: 'TO 1' } })
    expect(reading.fields['hetu']?.value).toBe(answers['hetu'])
  })

  test('a letter with a separator’s sticker is no separator', { timeout: 60_000 }, async () => {
    const { pdf } = await drawLetterPdf('Selvitys', ['Vuokrasopimus on voimassa toistaiseksi, kuitit ovat liitteenä.'])
    const reading = await read(await drawMultiPage([await withSticker(pdf)], 'office'))
    expect(reading).toMatchObject({ sheet: false, form: null })
    expect(reading.whole?.text).toContain('Vuokrasopimus')
  })

  test('covers, separators and bare stickers are sheets', { timeout: 120_000 }, async () => {
    const cover = { office: 'lahti', officeName: 'Lahden toimisto', batchNumber: 12, arrivedOn: '2026-11-21' } as const
    const sheets = [
      await drawSeparatorSheet('fi'),
      await drawSeparatorSheet('sv'),
      await drawCoverSheet({ ...cover, benefit: 'TO', language: 'sv', sheets: 12 }, 'fi'),
      await drawCoverSheet({ ...cover, benefit: null, language: null, sheets: null }, 'sv'),
      await withSticker((await drawLetterPdf('Patch T', [])).pdf),
    ]
    for (const [index, sheet] of sheets.entries())
      expect(await read(await drawMultiPage([sheet], 'dirty')), `${index}`).toMatchObject({ sheet: true })
  })

  // Each name has letters that neither the Finnish nor the Swedish model knows, so that both agree on other ones.
  test.each([
    { damage: 'clean', name: 'Kõiv Tõnu', address: 'Põllu tn 4-12' },
    { damage: 'fax', name: 'Bērziņš Jānis', address: 'Ķekavas iela 12' },
    { damage: 'clean', name: 'Aŋeli Márjá', address: 'Čávžu 3' },
    { damage: 'fax', name: 'Wójcik Gabryś', address: 'Gęsia 8' },
    { damage: 'office', name: 'Müller Jürgen', address: 'Straße 5' },
  ] as const)(
    'letters no model has are never sure: $name, $address',
    { timeout: 120_000 },
    async ({ damage, ...answers }) => {
      const { fields } = await read(await drawForm({ layout: 'housing-sv', seed: 45, answers, damage }))
      for (const name of ['name', 'address'] as const)
        if (fields[name]?.value !== answers[name]) expect(fields[name]?.status, name).toBe('doubtful')
    },
  )

  test('names in the letters of Finnish and Swedish stay sure', { timeout: 60_000 }, async () => {
    const answers = { name: 'Sjöström Åsa', address: 'Hämeenlinnanväylä 12', postal: '20100 Åbo' }
    const { fields } = await read(await drawForm({ layout: 'housing-sv', seed: 46, answers }))
    for (const name of ['name', 'address', 'postal'] as const)
      expect(fields[name]).toMatchObject({ value: answers[name], status: 'sure' })
  })
})
