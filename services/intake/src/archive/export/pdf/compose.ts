import { createHash } from 'node:crypto'
import type { FileKind } from '@tasain/contracts'
import sharp from 'sharp'
import type { Affine } from '../../../recognition/picture/grey.ts'
import {
  countPdfLetters,
  drawPdfColours,
  findPdfFrame,
  measurePdfPage,
  type Pdf,
  withPdf,
} from '../../../recognition/picture/pdf.ts'
import { findStoredScan } from '../../../recognition/picture/pdf-scan.ts'
import { makeColourProfile } from './colours.ts'
import { type ForeignPdf, openForeign } from './foreign.ts'
import { writeGlyphlessFont } from './glyphless.ts'
import { describePdf } from './metadata.ts'
import { drawInvisibleText, measureDecoded, type ReadPage } from './overlay.ts'
import { type Orientation, orientationOf, type Picture, placePicture, takePicture } from './picture.ts'
import { type PdfWriter, type Sink, startPdf, toReal } from './writer.ts'

/** One page to put in: of which file, and what was read from it, if it has been. */
export type PageToExport = {
  readonly file: string
  readonly kind: FileKind
  /** In its file, from 1. */
  readonly page: number
  readonly read: ReadPage | null
}
export type Export = {
  readonly title: string
  readonly producer: string
  readonly at: Date
  readonly pages: readonly PageToExport[]
}

/**
 * Makes one PDF of pages of many files: their own bytes wherever PDF can hold them, an invisible text of what was read
 * over them, each shown upright. It is PDF/A-2b, and says so, unless it holds other people's PDF pages that are more than
 * a scan: those go in as they are. `load` gives a file's bytes; one at a time is held.
 * @returns whether it is PDF/A-2b. @throws CannotRead when a page cannot be shown.
 */
export async function composePdf(
  { pages, ...about }: Export,
  load: (file: string) => Promise<Uint8Array>,
  sink: Sink,
): Promise<{ archival: boolean }> {
  const hash = createHash('sha256')
  const pdf = await startPdf((bytes) => {
    hash.update(bytes)
    return sink(bytes)
  })
  const book: Book = { pdf, parent: pdf.reserve(), font: await writeGlyphlessFont(pdf), kids: [], archival: true }
  for (const run of groupByFile(pages)) await addRun(book, run, load)
  const id = hash.copy().digest('hex').slice(0, 32)
  await finish(book, describePdf({ ...about, id, archival: book.archival }), id)
  return { archival: book.archival }
}

type Book = {
  readonly pdf: PdfWriter
  /** Object numbers of the pages' root, of the invisible font, and of the pages so far. */
  readonly parent: number
  readonly font: number
  readonly kids: number[]
  archival: boolean
}
const fontName = 'TasainInvisible'

function groupByFile(pages: readonly PageToExport[]): PageToExport[][] {
  const runs: PageToExport[][] = []
  for (const page of pages) {
    const last = runs.at(-1)
    if (last?.[0]?.file === page.file) last.push(page)
    else runs.push([page])
  }
  return runs
}

async function addRun(
  book: Book,
  run: readonly PageToExport[],
  load: (file: string) => Promise<Uint8Array>,
): Promise<void> {
  const [first] = run
  if (first === undefined) return
  const bytes = await load(first.file)
  const { kind } = first
  if (kind !== 'pdf') {
    for (const { page, read } of run) await addPicture(book, await takePicture(bytes, kind, page), read)
    return
  }
  await withPdf(bytes, async (open) => {
    const foreign = await openForeign(bytes, book.pdf)
    for (const { page, read } of run) await addForeign(book, open, foreign, page, read)
  })
}

async function addForeign(book: Book, open: Pdf, foreign: ForeignPdf | undefined, page: number, read: ReadPage | null) {
  const scan = findStoredScan(open, page)
  const letters = countPdfLetters(open, page)
  // A scan that somebody else's reading lies over stays as it is until we have read it ourselves.
  const image = scan && (letters === 0 || read?.words.length) ? await foreign?.copyImage(scan.bytes) : undefined
  if (scan !== undefined && image !== undefined) {
    const pieces = [{ number: image.number, top: 0, height: image.height }]
    const orientation = orientationOf(scan.turned, scan.mirrored)
    return await addOwn(book, { ...image, orientation, pieces, shown: scan }, read)
  }
  if (foreign === undefined)
    return await addPicture(book, await drawPicture(open, page), read, measurePdfPage(open, page))
  book.archival = false
  const frame = findPdfFrame(open, page)
  // Where the page has its own text, that is better than any reading of it.
  const ours = read?.words.reduce((sum, { text }) => sum + text.length, 0) ?? 0
  const content = read && letters < ours / 2 ? drawInvisibleText(read, scale(read, frame.toPage), fontName) : ''
  const font = { name: fontName, number: book.font }
  book.kids.push(await foreign.copyPage(page, { parent: book.parent, turn: read?.rotation ?? 0, content, font }))
}

/** A page that cannot be taken apart, as it is seen. */
async function drawPicture(open: Pdf, page: number): Promise<Picture> {
  const dpi = 200
  const { width, height, data } = drawPdfColours(open, page, dpi / 72)
  const raw = { width, height, channels: 4 } as const
  const jpeg = await sharp(data, { raw }).removeAlpha().withMetadata({ density: dpi }).jpeg({ quality: 85 }).toBuffer()
  return await takePicture(jpeg, 'jpeg', 1)
}

/** The page is as large as the picture says, or as it is `shown`, in points. */
async function addPicture(
  book: Book,
  picture: Picture,
  read: ReadPage | null,
  shown = measure(picture),
): Promise<void> {
  const pieces = []
  for (const { entries, bytes, top, height } of picture.pieces)
    pieces.push({ number: await book.pdf.writeStream(entries, bytes), top, height })
  await addOwn(book, { height: picture.height, orientation: picture.orientation, pieces, shown }, read)
}

function measure({ width, height, orientation, dpi }: Picture): Placed['shown'] {
  const lies = orientation >= 5
  return { width: ((lies ? height : width) * 72) / dpi, height: ((lies ? width : height) * 72) / dpi }
}

type Placed = {
  /** Of the whole picture as it is stored, in lines. */
  readonly height: number
  readonly orientation: Orientation
  readonly pieces: readonly { readonly number: number; readonly top: number; readonly height: number }[]
  /** The page's size before it is turned upright, in points. */
  readonly shown: { readonly width: number; readonly height: number }
}

/** A page of our own making: a picture that fills it, the invisible text over it. */
async function addOwn({ pdf, parent, font, kids }: Book, placed: Placed, read: ReadPage | null): Promise<void> {
  const { width, height } = fitPage(placed.shown)
  const text = read ? drawInvisibleText(read, scale(read, [width, 0, 0, 0, -height, height]), fontName) : ''
  const contents = await pdf.writePacked(Buffer.from(placePicture(placed, width, height) + text))
  const images = placed.pieces.map(({ number }, index) => `/Im${index} ${number} 0 R`).join('')
  const resources = `/XObject<<${images}>>${text === '' ? '' : `/Font<</${fontName} ${font} 0 R>>`}`
  const box = `/MediaBox[0 0 ${toReal(width)} ${toReal(height)}]${read?.rotation ? `/Rotate ${read.rotation}` : ''}`
  const page = `<</Type/Page/Parent ${parent} 0 R${box}/Resources<<${resources}>>/Contents ${contents} 0 R>>`
  kids.push(await pdf.write(page))
}

/** From the decoded page's pixels, given the map from the page as a square of 1 × 1, upper left corner first. */
function scale(read: ReadPage, [a, b, c, d, e, f]: Affine): Affine {
  const { width, height } = measureDecoded(read)
  return [a / width, b / height, c, d / width, e / height, f]
}

/** Pages smaller than a letter or larger than a house are not allowed (ISO 19005-2, 6.1.13). */
function fitPage({ width, height }: Placed['shown']): Placed['shown'] {
  const [least, most] = [3, 14_400]
  const by = Math.min(most / Math.max(width, height), Math.max(1, least / Math.min(width, height)))
  return { width: Math.max(least, width * by), height: Math.max(least, height * by) }
}

async function finish({ pdf, parent, kids }: Book, metadata: string, id: string): Promise<void> {
  const list = kids.map((kid) => `${kid} 0 R`).join(' ')
  await pdf.write(`<</Type/Pages/Count ${kids.length}/Kids[${list}]>>`, parent)
  const profile = await pdf.writePacked(makeColourProfile(), '/N 3')
  const intent = await pdf.write(
    `<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB)/DestOutputProfile ${profile} 0 R>>`,
  )
  const described = await pdf.writeStream('/Type/Metadata/Subtype/XML', Buffer.from(metadata))
  const root = await pdf.write(
    `<</Type/Catalog/Pages ${parent} 0 R/Metadata ${described} 0 R/OutputIntents[${intent} 0 R]` +
      '/ViewerPreferences<</DisplayDocTitle true>>>>',
  )
  await pdf.finish(root, id)
}
