import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'
import { CannotRead, describe, limits } from '../failure.ts'
import type { Grey } from './grey.ts'

/** The size of a PDF page in points (1/72 inch), and the scale at which it is drawn. */
export type PdfPage = { readonly width: number; readonly height: number; readonly scale: number }

let library: Promise<PDFiumLibrary> | undefined

/** Opens a PDF, gives it to `work` and closes it. @throws CannotRead when it is encrypted, damaged or without pages. */
export async function withPdf<T>(bytes: Uint8Array, work: (pdf: PDFiumDocument) => Promise<T> | T): Promise<T> {
  library ??= PDFiumLibrary.init()
  const pdfium = await library
  const pdf = await pdfium.loadDocument(bytes).catch((error: unknown) => {
    throw refusal(describe(error))
  })
  try {
    return await work(pdf)
  } finally {
    pdf.destroy()
  }
}

function refusal(reason: string): CannotRead {
  const locked = /password|security/i.test(reason)
  return new CannotRead(locked ? 'scan.encrypted' : 'scan.damaged', reason)
}

/** @throws CannotRead when the page is damaged. */
export function measurePdfPage(pdf: PDFiumDocument, page: number): PdfPage {
  const { originalWidth: width, originalHeight: height } = pdf.getPage(page - 1).getOriginalSize()
  if (!(width > 0 && height > 0)) throw new CannotRead('scan.damaged', `page ${page} has no size`)
  const wanted = limits.drawnDpi / 72
  const most = Math.sqrt(limits.drawnPixels / (Math.floor(width) * Math.floor(height)))
  return { width, height, scale: Math.min(wanted, most) }
}

/** Draws a page in grey, white paper, at `scale` pixels a point. */
export async function drawPdfPage(pdf: PDFiumDocument, page: number, scale: number): Promise<Grey> {
  const drawn = await pdf.getPage(page - 1).render({
    scale,
    colorSpace: 'Gray',
    render: ({ data }) => Promise.resolve(data),
  })
  if (drawn.width < 1 || drawn.height < 1) throw new CannotRead('scan.damaged', `page ${page} cannot be drawn`)
  return { width: drawn.width, height: drawn.height, data: new Uint8Array(drawn.data) }
}

/** Draws a page in colour for viewing. */
export async function drawPdfColours(pdf: PDFiumDocument, page: number, scale: number) {
  const { width, height, data } = await pdf.getPage(page - 1).render({
    scale,
    render: (drawn) => Promise.resolve(drawn.data),
  })
  return { width, height, data: new Uint8Array(data) }
}
