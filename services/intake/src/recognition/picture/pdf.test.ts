import { PDFDocument } from 'pdf-lib'
import { expect, test } from 'vitest'
import { drawPdfColours, drawPdfPage, withPdf } from './pdf.ts'

/** A page with a field to fill in on a computer, and what is written in it. */
async function makePdf(text: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([400, 300])
  const field = pdf.getForm().createTextField('name')
  field.setText(text)
  field.addToPage(page, { x: 100, y: 100, width: 200, height: 40, borderWidth: 0 })
  return await pdf.save()
}

test('what was filled in on a computer is drawn, each time', async () => {
  const countDark = async (text: string) =>
    await withPdf(await makePdf(text), (pdf) =>
      [drawPdfPage(pdf, 1, 1), drawPdfPage(pdf, 1, 1), drawPdfColours(pdf, 1, 1)].map(
        ({ data }) => data.filter((value) => value < 100).length,
      ),
    )
  expect(await countDark('')).toEqual([0, 0, 0])
  const [once = 0, again = 0, inColours = 0] = await countDark('Virtanen')
  expect(once).toBeGreaterThan(50)
  expect(again).toBe(once)
  expect(inColours).toBeGreaterThan(once)
})
