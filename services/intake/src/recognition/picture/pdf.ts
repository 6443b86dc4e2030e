import { CannotRead, limits } from '../failure.ts'
import type { Affine, Grey } from './grey.ts'
import { checkImages, type Pdf, readFloats, withMemory, withPage } from './pdfium.ts'

export { type Pdf, withPdf } from './pdfium.ts'

/** The size of a PDF page in points (1/72 inch) as it is shown, and the scale at which it is drawn. */
export type PdfPage = { readonly width: number; readonly height: number; readonly scale: number }

/** How many pages the file says it has. */
export function countPdfPages({ pdfium, document }: Pdf): number {
  return pdfium._FPDF_GetPageCount(document)
}

/** Page from 1; does not look into what is on it. @throws CannotRead when the page is damaged. */
export function measurePdfPage({ pdfium, document }: Pdf, page: number): PdfPage {
  const [width = 0, height = 0] =
    readFloats(pdfium, 2, (at) => pdfium._FPDF_GetPageSizeByIndexF(document, page - 1, at)) ?? []
  if (!(width > 0 && height > 0)) throw new CannotRead('scan.damaged', `page ${page} has no size`)
  const wanted = limits.drawnDpi / 72
  const most = Math.sqrt(limits.drawnPixels / (Math.floor(width) * Math.floor(height)))
  return { width, height, scale: Math.min(wanted, most) }
}

/** Kinds of bitmap; these two numbers also say how many bytes a pixel has. */
const greyBitmap = 1
const bgraBitmap = 4
/** Annotations are drawn too; letters smooth. */
const flags = 0x01 | 0x02
const inGrey = 0x08
const redFirst = 0x10

/** Draws a page in grey, white paper, at `scale` pixels a point. */
export function drawPdfPage(pdf: Pdf, page: number, scale: number): Grey {
  return draw(pdf, page, scale, { format: greyBitmap, flags: flags | inGrey })
}

/** Draws a page for viewing: four bytes a pixel, the last one meaning nothing. */
export function drawPdfColours(pdf: Pdf, page: number, scale: number): Grey {
  return draw(pdf, page, scale, { format: bgraBitmap, flags: flags | redFirst })
}

type Way = { readonly format: number; readonly flags: number }

function draw(pdf: Pdf, page: number, scale: number, way: Way): Grey {
  const { pdfium } = pdf
  const size = measurePdfPage(pdf, page)
  const [width, height] = [Math.floor(Math.floor(size.width) * scale), Math.floor(Math.floor(size.height) * scale)]
  if (width < 1 || height < 1) throw new CannotRead('scan.damaged', `page ${page} cannot be drawn`)
  showFilledFields(pdf, page)
  const bytes = width * height * way.format
  return withMemory(pdfium, bytes, (at) =>
    withPage(pdf, page, (handle) => {
      checkImages(pdfium, handle)
      const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, way.format, at, width * way.format)
      if (bitmap === 0) throw new CannotRead('scan.damaged', `page ${page} cannot be drawn`)
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff)
      pdfium._FPDF_RenderPageBitmap(bitmap, handle, 0, 0, width, height, 0, way.flags)
      pdfium._FPDFBitmap_Destroy(bitmap)
      return { width, height, data: pdfium.HEAPU8.slice(at, at + bytes) }
    }),
  )
}

/** A field of a form that is filled in on a computer (`FPDF_ANNOT_WIDGET`). */
const fieldKind = 20
const asShown = 0

/** What was filled in on a computer is no part of the page until it is made one, and would not be drawn. */
function showFilledFields(pdf: Pdf, page: number): void {
  const { pdfium } = pdf
  withPage(pdf, page, (handle) => {
    const count = pdfium._FPDFPage_GetAnnotCount(handle)
    for (let index = 0; index < count; index++) {
      const annotation = pdfium._FPDFPage_GetAnnot(handle, index)
      const isField = annotation !== 0 && pdfium._FPDFAnnot_GetSubtype(annotation) === fieldKind
      if (annotation !== 0) pdfium._FPDFPage_CloseAnnot(annotation)
      if (!isField) continue
      pdfium._FPDFPage_Flatten(handle, asShown)
      return
    }
  })
}

/**
 * How a page lies in its own coordinates: the map from the page as it is shown, a square of 1 × 1 with its upper left
 * corner first, to points. @throws CannotRead when the page is damaged.
 */
export function findPdfFrame(pdf: Pdf, page: number): { toPage: Affine } {
  const { pdfium } = pdf
  return withPage(pdf, page, (handle) => {
    const box = readFloats(pdfium, 4, (at) => pdfium._FPDF_GetPageBoundingBox(handle, at))
    if (box === undefined) throw new CannotRead('scan.damaged', `page ${page} has no frame`)
    const [left = 0, top = 0, right = 0, bottom = 0] = box
    const [width, height] = [right - left, top - bottom]
    const frames: Affine[] = [
      [width, 0, left, 0, -height, top],
      [0, width, left, height, 0, bottom],
      [-width, 0, right, 0, height, bottom],
      [0, -width, right, -height, 0, top],
    ]
    const toPage = frames[pdfium._FPDFPage_GetRotation(handle)] ?? frames[0]
    if (toPage === undefined) throw new RangeError('a page has four sides')
    return { toPage }
  })
}

/** How many letters a page has as text, seen or not. */
export function countPdfLetters(pdf: Pdf, page: number): number {
  const { pdfium } = pdf
  return withPage(pdf, page, (handle) => {
    const text = pdfium._FPDFText_LoadPage(handle)
    if (text === 0) return 0
    const count = pdfium._FPDFText_CountChars(text)
    pdfium._FPDFText_ClosePage(text)
    return Math.max(0, count)
  })
}
