import { batch } from '@tasain/contracts'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../../test/support/database.ts'
import { readCodeReader } from '../../recognition/disk.process.ts'
import { findCodes, prepareCodeReader } from '../../recognition/picture/barcode.ts'
import { type Grey, turn } from '../../recognition/picture/grey.ts'
import { drawPdfPage, withPdf } from '../../recognition/picture/pdf.ts'
import { clerkElsewhere, openTestBatch, startTestHouse, type TestHouse } from '../../test-house.ts'
import { readSheetCode } from './sheet-code.ts'

let intake: TestHouse
beforeAll(async () => {
  prepareCodeReader(readCodeReader())
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
  await intake.house.db
    .insertInto('office')
    .values({ id: 'lahti', district: 'etela', name_fi: 'Lahti', name_sv: 'Lahtis' })
    .execute()
})
afterAll(async () => intake.stop())

async function fetchPdf(path: string): Promise<Uint8Array> {
  const response = await intake.ask(path)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  return new Uint8Array(await response.arrayBuffer())
}

/** The sheet as a scanner sees it at 200 dpi. */
const rasterise = (pdf: Uint8Array) => withPdf(pdf, (open) => drawPdfPage(open, 1, 200 / 72))

async function readCode(page: Grey) {
  const [code] = await findCodes({ ...page, dpi: 200 }, (found) => found.length > 0)
  const [left, right] = code?.corners ?? []
  const wide = Math.hypot((right?.[0] ?? 0) - (left?.[0] ?? 0), (right?.[1] ?? 0) - (left?.[1] ?? 0))
  return { sheet: readSheetCode(code?.text ?? ''), mm: (wide * 25.4) / 200 }
}

test.each(['fi', 'sv'] as const)(
  'a cover in %s is one A4 page whose code says office, batch, benefit and language',
  async (language) => {
    const id = await openTestBatch(intake.ask, { benefit: 'TO', language: 'sv', sheetsCounted: 12 })
    const { number } = batch.parse(((await (await intake.ask(`/batches/${id}`)).json()) as { batch: unknown }).batch)
    const pdf = await fetchPdf(`/batches/${id}/cover?in=${language}`)
    const [page, ...more] = (await PDFDocument.load(pdf)).getPages()
    expect(more).toEqual([])
    const size = page?.getSize()
    expect([Math.round(size?.width ?? 0), Math.round(size?.height ?? 0)]).toEqual([595, 842])
    const drawn = await rasterise(pdf)
    const cover = { office: 'lahti', batchNumber: number, benefit: 'TO', language: 'sv' }
    for (const lies of [0, 90, 180, 270] as const) {
      const { sheet, mm } = await readCode(turn(drawn, lies))
      expect(sheet, `lying at ${lies}`).toEqual({ kind: 'cover', cover })
      expect(mm).toBeGreaterThan(16)
    }
  },
)

test('a cover may be for a part of the batch; what is not known is left open', async () => {
  const id = await openTestBatch(intake.ask)
  const open = await readCode(await rasterise(await fetchPdf(`/batches/${id}/cover`)))
  expect(open.sheet).toMatchObject({ cover: { benefit: null, language: null } })
  const part = await readCode(await rasterise(await fetchPdf(`/batches/${id}/cover?benefit=YA&language=fi`)))
  expect(part.sheet).toMatchObject({ cover: { benefit: 'YA', language: 'fi' } })
})

test.each(['fi', 'sv'] as const)('a separator in %s is read as one', async (language) => {
  const id = await openTestBatch(intake.ask)
  const { sheet, mm } = await readCode(await rasterise(await fetchPdf(`/batches/${id}/separator?in=${language}`)))
  expect(sheet).toEqual({ kind: 'separator' })
  expect(mm).toBeGreaterThan(16)
})

test('nobody gets the sheets of another office, nor one for a benefit that is not known', async () => {
  const id = await openTestBatch(intake.ask)
  for (const sheet of ['cover', 'separator'])
    expect((await intake.ask(`/batches/${id}/${sheet}`, { by: clerkElsewhere })).status).toBe(404)
  expect((await intake.ask(`/batches/${id}/cover?benefit=XX`)).status).toBe(400)
})
