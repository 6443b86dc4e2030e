import { readdirSync, readFileSync } from 'node:fs'
import { PDFDocument } from 'pdf-lib'
import { expect, test } from 'vitest'
import { listForms, readCodeReader } from '../../services/intake/src/recognition/disk.process.ts'
import { findFormByBarcode } from '../../services/intake/src/recognition/forms/catalogue.ts'
import { findCodes, prepareCodeReader } from '../../services/intake/src/recognition/picture/barcode.ts'
import { drawPdfPage, withPdf } from '../../services/intake/src/recognition/picture/pdf.ts'
import { listDemoForms } from './print.ts'

prepareCodeReader(readCodeReader())
const folder = new URL('../../infra/demo/forms/', import.meta.url)
const forms = await listDemoForms()

test('the demo forms that ship are those of the layouts, in both languages', () => {
  expect(readdirSync(folder).sort()).toEqual(forms.map(({ fileName }) => fileName).sort())
  expect(new Set(forms.map(({ layout }) => layout.language))).toEqual(new Set(['fi', 'sv']))
  for (const { fileName, pdf } of forms)
    expect(readFileSync(new URL(fileName, folder)).equals(pdf), fileName).toBe(true)
})

test.each(forms)(
  '$fileName is one A4 page, and printed and scanned it is known by a code at least 16 mm wide',
  async (form) => {
    const bytes = readFileSync(new URL(form.fileName, folder))
    const [page, ...more] = (await PDFDocument.load(bytes)).getPages()
    const { width = 0, height = 0 } = page?.getSize() ?? {}
    expect([Math.round(width), Math.round(height), more.length]).toEqual([595, 842, 0])
    const scanned = await withPdf(bytes, (open) => drawPdfPage(open, 1, 200 / 72))
    const [code] = await findCodes({ ...scanned, dpi: 200 }, (found) => found.length > 0)
    expect(findFormByBarcode(listForms(), code?.text ?? '')?.code).toBe(form.layout.code)
    const [left, right] = code?.corners ?? []
    expect((((right?.[0] ?? 0) - (left?.[0] ?? 0)) * 25.4) / 200).toBeGreaterThan(16)
  },
)
