import type { FileKind } from '@tasain/contracts'
import sharp, { type Sharp } from 'sharp'
import { limits } from './failure.ts'
import { failOn, rethrowDamaged, statedDpi } from './inspect.ts'
import type { Grey } from './picture/grey.ts'
import { drawPdfPage, measurePdfPage, type Pdf, withPdf } from './picture/pdf.ts'
import { findScanImage } from './picture/pdf-scan.ts'

/** `dpi`: what the file states or the resolution a PDF was drawn at, else judged from A4 paper. */
export type Raster = Grey & { readonly dpi: number }

/**
 * Decodes page `page` (from 1) of a file in grey: orientation tags honoured, transparency on white. A scanned page of a
 * PDF gives its image as it is, any other is drawn at 300 dpi; whatever would have more than 18 million pixels comes
 * smaller. Run it in a child process.
 * @throws CannotRead when the page is damaged or too large.
 */
export async function rasterise(bytes: Uint8Array, kind: FileKind, page: number): Promise<Raster> {
  if (kind === 'pdf') return withPdf(bytes, (pdf) => rasterisePdf(pdf, page))
  const image = openImage(bytes, page)
  const { density, width, height } = await image.metadata().catch(rethrowDamaged)
  const shrunk = Math.min(1, Math.sqrt(limits.readPixels / (width * height)))
  if (shrunk < 1) image.resize({ width: Math.floor(width * shrunk) })
  const { data, info } = await image
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .greyscale()
    .extractChannel(0)
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(rethrowDamaged)
  const dpi = statedDpi(density) * shrunk
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length)
  return withDpi({ width: info.width, height: info.height, data: pixels }, dpi)
}

/** A scanned page as its scanner saw it, any other drawn. */
function rasterisePdf(pdf: Pdf, page: number): Raster {
  const { scale } = measurePdfPage(pdf, page)
  const image = findScanImage(pdf, page)
  if (image !== undefined) return withDpi(image, statedDpi(image.dpi))
  return { ...drawPdfPage(pdf, page, scale), dpi: scale * 72 }
}

/** Opens an image file behind the pixel limit; page from 1. */
export function openImage(bytes: Uint8Array, page: number): Sharp {
  return sharp(bytes, { page: page - 1, limitInputPixels: limits.pixels, failOn, sequentialRead: true })
}

/** `stated` is 0 where the file states none worth believing. */
function withDpi({ width, height, data }: Grey, stated: number): Raster {
  return { width, height, data, dpi: stated > 0 ? stated : guessDpi(width, height) }
}

/** Dots per inch of an image in pixels, its paper taken for A4, whose short side is 8.27 inches. */
export function guessDpi(width: number, height: number): number {
  return Math.max(50, Math.round(Math.min(width, height) / 8.27))
}
