import { formatDate, getBenefit, type IsoDate, type Language } from '@tasain/vocabulary'
import bwipjs from 'bwip-js/node'
import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from 'pdf-lib'
import { type Cover, separatorCode, writeCoverCode } from './sheet-code.ts'
import { words } from './words.ts'

/** What a cover sheet shows: its code's content, and what people read beside it. */
export type CoverSheet = Cover & {
  readonly officeName: string
  readonly arrivedOn: IsoDate
  readonly sheets: number | null
}

const paper = { width: 210, height: 297 } as const
const margin = 18
/** Well above the 16 mm below which scanners begin to miss it, in the corner where reading looks first. */
const codeSide = 42
const ink = rgb(0.08, 0.08, 0.1)
const toPoints = (mm: number) => (mm * 72) / 25.4

type Pen = { readonly page: PDFPage; readonly plain: PDFFont; readonly bold: PDFFont }

/** A cover sheet of a batch as a PDF ready to print on A4, in the language of who handles it. */
export async function drawCoverSheet(sheet: CoverSheet, language: Language): Promise<Uint8Array> {
  const t = words[language]
  const facts: [string, string][] = [
    [t.office, sheet.officeName],
    [t.batch, String(sheet.batchNumber)],
    [t.benefit, sheet.benefit ? `${getBenefit(sheet.benefit).names[language]} (${sheet.benefit})` : t.perPaper],
    [t.language, sheet.language ? t.languages[sheet.language] : t.perPaper],
    [t.arrivedOn, formatDate(sheet.arrivedOn)],
    [t.sheets, sheet.sheets === null ? '____________' : String(sheet.sheets)],
  ]
  const code = writeCoverCode(sheet)
  return await drawSheet(language, { title: t.cover, code, facts, help: t.coverHelp, foot: `${t.code}: ${code}` })
}

/** A separator sheet as a PDF ready to print on A4. It serves every office and batch, as often as one likes. */
export async function drawSeparatorSheet(language: Language): Promise<Uint8Array> {
  const t = words[language]
  const foot = `${t.code}: ${separatorCode}`
  return await drawSheet(language, { title: t.separator, code: separatorCode, facts: [], help: t.separatorHelp, foot })
}

type Content = {
  readonly title: string
  readonly code: string
  readonly facts: readonly [string, string][]
  readonly help: readonly string[]
  readonly foot: string
}

async function drawSheet(language: Language, { title, code, facts, help, foot }: Content): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(title)
  pdf.setLanguage(language)
  const pen: Pen = {
    page: pdf.addPage([toPoints(paper.width), toPoints(paper.height)]),
    plain: await pdf.embedFont(StandardFonts.Helvetica),
    bold: await pdf.embedFont(StandardFonts.HelveticaBold),
  }
  drawCode(pen, code, paper.width - margin - codeSide, margin - 6)
  write(pen, pen.bold, title, margin, 36, 34)
  let y = 84
  for (const [name, value] of facts) {
    write(pen, pen.plain, name, margin, y, 13)
    writeFitting(pen, pen.bold, value, margin + 42, y, 22)
    y += 17
  }
  y = Math.max(y + 12, 120)
  for (const line of help) {
    writeFitting(pen, pen.plain, line, margin, y, 14)
    y += 9
  }
  writeFitting(pen, pen.plain, foot, margin, paper.height - margin, 9)
  return await pdf.save()
}

/** Draws the code module by module, so that its edges are sharp at any resolution. Millimetres from the top left. */
function drawCode(pen: Pen, text: string, x: number, y: number): void {
  const [matrix] = bwipjs.raw('qrcode', text, 'eclevel=Q')
  if (matrix === undefined || !('pixx' in matrix)) throw new Error('the code could not be drawn')
  const side = codeSide / matrix.pixx
  matrix.pixs.forEach((on, index) => {
    if (on === 0) return
    const [column, line] = [index % matrix.pixx, Math.floor(index / matrix.pixx)]
    pen.page.drawRectangle({
      x: toPoints(x + column * side),
      y: toPoints(paper.height - y - (line + 1) * side),
      width: toPoints(side * 1.02),
      height: toPoints(side * 1.02),
      color: ink,
    })
  })
}

/** Smaller where the line would run off the paper. */
function writeFitting(pen: Pen, font: PDFFont, text: string, x: number, y: number, size: number): void {
  const room = toPoints(paper.width - margin - x)
  const width = font.widthOfTextAtSize(toPrintable(text), size)
  write(pen, font, text, x, y, width > room ? (size * room) / width : size)
}

function write({ page }: Pen, font: PDFFont, text: string, x: number, y: number, size: number): void {
  page.drawText(toPrintable(text), { x: toPoints(x), y: toPoints(paper.height - y), size, font, color: ink })
}

/** The faces that every viewer has know the letters of western Europe; of others only the nearest is printed. */
function toPrintable(text: string): string {
  return Array.from(text.normalize('NFC'))
    .map((letter) => (letter <= '\u00ff' ? letter : (letter.normalize('NFD').at(0) ?? '?')))
    .map((letter) => (letter <= '\u00ff' ? letter : '?'))
    .join('')
}
