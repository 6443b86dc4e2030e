import { degrees, PDFDocument, StandardFonts, setTextRenderingMode, TextRenderingMode } from 'pdf-lib'
import { expect, test } from 'vitest'
import { withPdf } from './pdf.ts'
import { listPdfWords } from './pdf-text.ts'

const [width, height] = [595, 842]

/** A page that says two lines, and one that is not seen. */
async function makePdf(turned: number): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([width, height])
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  page.drawText('Kyllä tai ei', { x: 100, y: 700, size: 10, font })
  page.drawText('Päättyy', { x: 300, y: 100, size: 12, font })
  page.pushOperators(setTextRenderingMode(TextRenderingMode.Invisible))
  page.drawText('salaa', { x: 100, y: 400, size: 10, font })
  page.setRotation(degrees(turned))
  return await pdf.save()
}

const listWords = async (turned: number) => await withPdf(await makePdf(turned), (pdf) => listPdfWords(pdf, 1))

test('the words a page shows are told with their places, those it hides are not', async () => {
  const words = await listWords(0)
  expect(words.map(({ text }) => text)).toEqual(['Kyllä', 'tai', 'ei', 'Päättyy'])
  const [x = 0, y = 0, wide = 0, high = 0] = words[0]?.box ?? []
  expect(x * width).toBeCloseTo(101, 0)
  expect((y + high) * height).toBeCloseTo(height - 698, 0)
  expect(wide * width).toBeCloseTo(20.5, 0)
})

test('on a turned page the places are those that are seen', async () => {
  const [, , , word] = await listWords(90)
  const [x = 0, y = 0] = word?.box ?? []
  // Turned clockwise, what stood low stands to the left, and what stood to the right stands low.
  expect(x * height).toBeCloseTo(98, -1)
  expect(y * width).toBeCloseTo(300, -1)
})
