import bwipjs from 'bwip-js/node'
import { type PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from 'pdf-lib'
import { createPdf } from './file.ts'
import { type Geometry, type Place, type PlacedCell, page as paper, placeLayout } from './geometry.ts'
import type { Layout } from './layouts.ts'
import { drawMarks, takeMarksOff } from './marks.ts'
import type { Answers } from './people.ts'

/** The faces an applicant's typewriter or printer may have. */
export const faces = ['Courier', 'Helvetica', 'TimesRoman'] as const
export const allFaces = [...faces, 'CourierBold', 'HelveticaBold', 'TimesRomanBold'] as const
export type Face = (typeof allFaces)[number]

/** How a form has been filled in: size in 1/300 inch, ink as red, green and blue from 0 to 1, off its place by so much. */
export type Hand = {
  readonly face: Face
  readonly size: number
  readonly ink: readonly [number, number, number]
  readonly off: readonly [number, number]
}
/** A line of text on a page: of the form itself, or written on it. Comb cells are none: their letters stand apart. */
export type Line = { readonly text: string; readonly kind: 'print' | 'value' }
export type Drawing = { readonly pdf: Uint8Array; readonly lines: readonly Line[] }

type Pen = {
  readonly sheet: PDFPage
  readonly plain: PDFFont
  readonly bold: PDFFont
  readonly typed: PDFFont
  readonly hand: Hand
  readonly lines: Line[]
}

const black = [0.08, 0.08, 0.1] as const
const ink = rgb(...black)
export const plainHand: Hand = { face: 'Courier', size: 46, ink: black, off: [0, 0] }
const rule = rgb(0.25, 0.25, 0.28)
const shade = rgb(0.88, 0.88, 0.88)
const toPoints = (units: number) => (units * 72) / 300

/**
 * A form as a PDF: print-ready and blank without answers, filled in with them. The same input gives the same bytes. The
 * faces are the fourteen every PDF viewer has, so no font files are needed.
 */
export async function drawFormPdf(
  layout: Layout,
  serial: number,
  answers?: Answers,
  { hand = plainHand, isCodeBlotted = false }: { hand?: Hand; isCodeBlotted?: boolean } = {},
): Promise<Drawing> {
  const pdf = await createPdf(`${layout.code} ${layout.title}`)
  const pen = await openPen(pdf, hand)
  const geometry = placeLayout(layout)
  drawHead(pen, layout, geometry, serial)
  if (isCodeBlotted) blot(pen, geometry.code)
  for (const { text, frame } of geometry.headings) drawHeading(pen, text, frame)
  for (const { text, frame } of geometry.notes) drawLines(pen, pen.plain, text, frame, 34)
  for (const cell of geometry.cells) drawCell(pen, cell, answers?.[cell.name])
  const ticked = answers && findTicked(layout, serial)
  for (const { text, frame } of geometry.boxes) drawBox(pen, text, frame, text === ticked)
  write(pen, pen.plain, `${layout.code}  ${layout.version}`, fromLeft(geometry), 3400, 28)
  return finish(pdf, pen)
}

/** A letter that comes with a form: a heading, then paragraphs; without either, an empty sheet. */
export async function drawLetterPdf(heading: string, paragraphs: readonly string[]): Promise<Drawing> {
  const pdf = await createPdf(heading)
  const pen = await openPen(pdf, plainHand)
  write(pen, pen.bold, heading, 240, 420, 60)
  for (const [index, text] of paragraphs.entries())
    drawLines(pen, pen.typed, text, [240, 520 + index * 260, 2000, 0], 44)
  return finish(pdf, pen)
}

/** A sheet with one short line on it, such as a page number: nearly blank, but not quite. The line's foot is at `y`. */
export async function drawNotePdf(text: string, x: number, y: number, size: number): Promise<Drawing> {
  const pdf = await createPdf('')
  const pen = await openPen(pdf, plainHand)
  write(pen, pen.plain, text, x, y, size)
  return finish(pdf, pen)
}

async function finish(pdf: PDFDocument, { lines }: Pen): Promise<Drawing> {
  return { pdf: await pdf.save({ useObjectStreams: false }), lines }
}

async function openPen(pdf: PDFDocument, hand: Hand): Promise<Pen> {
  return {
    sheet: pdf.addPage([toPoints(paper.width), toPoints(paper.height)]),
    plain: await pdf.embedFont(StandardFonts.Helvetica),
    bold: await pdf.embedFont(StandardFonts.HelveticaBold),
    typed: await pdf.embedFont(StandardFonts[hand.face]),
    hand,
    lines: [],
  }
}

/** What the code on a form says: the form, its version, the page and a serial number. */
export function codeText(layout: Layout, serial: number): string {
  return `TSN:${layout.code.replace(' ', '')}:${layout.version}:1:${String(serial).padStart(6, '0')}`
}

/** The words of the box an applicant has ticked; undefined on a form that has none. */
export function findTicked(layout: Layout, serial: number): string | undefined {
  const { boxes } = placeLayout(layout)
  return boxes.length === 0 ? undefined : boxes[serial % boxes.length]?.text
}

const fromLeft = (geometry: Geometry) => geometry.cells[0]?.frame[0] ?? 180

function drawHead(pen: Pen, layout: Layout, geometry: Geometry, serial: number): void {
  const left = fromLeft(geometry)
  write(pen, pen.bold, layout.institution, left, 190, 52)
  write(pen, pen.bold, layout.title, left, 300, 66)
  const [x, y, side] = geometry.code
  const width = pen.bold.widthOfTextAtSize(layout.code, toPoints(56)) * (300 / 72)
  write(pen, pen.bold, layout.code, x + side - width, y - 22, 56)
  drawCode(pen, layout.symbology, codeText(layout, serial), geometry.code)
}

/** Draws the code module by module, so that its edges are sharp at any resolution. */
function drawCode(pen: Pen, symbology: Layout['symbology'], text: string, [x, y, side]: Place): void {
  const [matrix] = bwipjs.raw({ bcid: symbology, text }) as { pixs: number[]; pixx: number; pixy: number }[]
  if (matrix === undefined) throw new Error('the code could not be drawn')
  const module = side / matrix.pixx
  matrix.pixs.forEach((on, index) => {
    if (on === 0) return
    const column = index % matrix.pixx
    const line = Math.floor(index / matrix.pixx)
    fill(pen, [x + column * module, y + line * module, module * 1.02, module * 1.02], ink)
  })
}

/** Ink spilt over a code: it can no longer be read. */
function blot(pen: Pen, [x, y, side]: Place): void {
  fill(pen, [x - 8, y + side * 0.18, side + 16, side * 0.34], ink)
  fill(pen, [x + side * 0.3, y - 8, side * 0.22, side + 16], ink)
}

function drawHeading(pen: Pen, text: string, frame: Place): void {
  fill(pen, frame, shade)
  write(pen, pen.bold, text, frame[0] + 18, frame[1] + 44, 38)
}

function drawCell(pen: Pen, cell: PlacedCell, value: string | undefined): void {
  const [x, y, width, height] = cell.frame
  pen.sheet.drawRectangle({
    x: toPoints(x),
    y: toPoints(paper.height - y - height),
    width: toPoints(width),
    height: toPoints(height),
    borderColor: rule,
    borderWidth: 0.7,
  })
  write(pen, pen.plain, cell.label, x + 18, y + 34, 28)
  if (cell.combAt !== undefined) drawComb(pen, cell, cell.combAt, value)
  else if (value !== undefined) drawValue(pen, cell, value)
}

function drawBox(pen: Pen, text: string, [x, y, width, height]: Place, isTicked: boolean): void {
  const [right, bottom] = [x + width, y + height]
  for (const [x1, y1, x2, y2] of [
    [x, y, right, y],
    [x, bottom, right, bottom],
    [x, y, x, bottom],
    [right, y, right, bottom],
  ] as const)
    line(pen, x1, y1, x2, y2)
  if (isTicked) {
    line(pen, x + 7, y + 7, right - 7, bottom - 7, 1.2)
    line(pen, x + 7, bottom - 7, right - 7, y + 7, 1.2)
  }
  write(pen, pen.plain, text, right + 16, bottom - 8, 34)
}

function drawValue(pen: Pen, cell: PlacedCell, value: string): void {
  const [x, y, width, height] = cell.frame
  const { size, off } = pen.hand
  const room = width - 40 - Math.max(0, off[0])
  if (cell.type === 'text') {
    drawLines(pen, pen.typed, value, [x + 20 + off[0], y + labelRoom, room, height], size - 2)
    return
  }
  // Whoever sees that it does not fit writes smaller.
  const needed = widthOf(pen.typed, value, size) * (300 / 72)
  write(pen, pen.typed, value, x + 24 + off[0], y + height - 34 + off[1], Math.min(size, (size * room) / needed))
}

const labelRoom = 52

function drawComb(pen: Pen, cell: PlacedCell, at: { x: number; width: number }, value: string | undefined): void {
  const top = cell.region[1]
  const cells = cell.comb ?? 0
  const bottom = top + 66
  for (let i = 0; i <= cells; i++) line(pen, at.x + i * at.width, top, at.x + i * at.width, bottom)
  line(pen, at.x, bottom, at.x + cells * at.width, bottom)
  for (const [index, character] of Array.from((value ?? '').replace(/ /g, '')).entries()) {
    const { size } = pen.hand
    const width = pen.typed.widthOfTextAtSize(character, toPoints(size)) * (300 / 72)
    put(pen, pen.typed, character, at.x + (index + 0.5) * at.width - width / 2, top + 50, size)
  }
}

function drawLines(pen: Pen, font: PDFFont, text: string, [x, y, width]: Place, size: number): void {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`.trim()
    if (lines.length > 0 && widthOf(font, longer, size) <= toPoints(width)) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  for (const [index, written] of lines.entries()) write(pen, font, written, x, y + size + index * size * 1.35, size)
}

/** In points. */
function widthOf(font: PDFFont, text: string, size: number): number {
  return font.widthOfTextAtSize(takeMarksOff(text, font).text, toPoints(size))
}

/** Writes a line whose foot stands at `y`. */
function write(pen: Pen, font: PDFFont, text: string, x: number, y: number, size: number): void {
  if (text !== '') pen.lines.push({ text, kind: font === pen.typed ? 'value' : 'print' })
  put(pen, font, text, x, y, size)
}

function put(pen: Pen, font: PDFFont, text: string, x: number, y: number, size: number): void {
  const color = font === pen.typed ? rgb(...pen.hand.ink) : ink
  const marked = takeMarksOff(text, font)
  const at = { x: toPoints(x), y: toPoints(paper.height - y), size: toPoints(size), color }
  pen.sheet.drawText(marked.text, { ...at, font })
  drawMarks(pen.sheet, font, marked, at)
}

function fill(pen: Pen, [x, y, width, height]: Place, color: ReturnType<typeof rgb>): void {
  const [w, h] = [toPoints(width), toPoints(height)]
  pen.sheet.drawRectangle({ x: toPoints(x), y: toPoints(paper.height - y - height), width: w, height: h, color })
}

function line(pen: Pen, x1: number, y1: number, x2: number, y2: number, thickness = 0.5): void {
  const point = (x: number, y: number) => ({ x: toPoints(x), y: toPoints(paper.height - y) })
  pen.sheet.drawLine({ start: point(x1, y1), end: point(x2, y2), thickness, color: rule })
}
