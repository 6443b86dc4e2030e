import type { FileKind } from '@tasain/contracts'
import sharp, { type Metadata } from 'sharp'
import { CannotRead, describe, type Failed, limits, toFailed } from './failure.ts'
import { countPdfPages, measurePdfPage, withPdf } from './picture/pdf.ts'
import { sniff } from './sniff.ts'

/** A page as it will be decoded, its own orientation tag honoured; one of a PDF as it is drawn. */
export type PageSize = { readonly width: number; readonly height: number; readonly dpi: number }
export type Inspected =
  | { readonly ok: true; readonly kind: FileKind; readonly pageCount: number; readonly pages: readonly PageSize[] }
  | Failed

/**
 * Looks into a file before it is taken in: its kind (by its bytes, unless given), pages, sizes and whether it can be
 * opened. Run it in a child process: a hostile file may take long or much memory.
 */
export async function inspectFile(bytes: Uint8Array, kind?: FileKind): Promise<Inspected> {
  try {
    const known = kind ?? (await sniffFile(bytes))
    const pages = known === 'pdf' ? await inspectPdf(bytes) : await inspectImage(bytes, known)
    return { ok: true, kind: known, pageCount: pages.length, pages }
  } catch (error) {
    return toFailed(error)
  }
}

/** @throws CannotRead `scan.empty` or `scan.unknown_type` */
async function sniffFile(bytes: Uint8Array): Promise<FileKind> {
  if (bytes.length === 0) throw new CannotRead('scan.empty', 'the file is empty')
  const found = await sniff(bytes.subarray(0, 4100))
  if (found.kind !== 'unknown') return found.kind
  throw new CannotRead('scan.unknown_type', found.looksLike ?? 'neither an image nor a PDF')
}

function inspectPdf(bytes: Uint8Array): Promise<PageSize[]> {
  return withPdf(bytes, (pdf) => {
    const count = checkCount(countPdfPages(pdf))
    return Array.from({ length: count }, (_, index) => {
      const { width, height, scale } = measurePdfPage(pdf, index + 1)
      return {
        width: Math.floor(Math.floor(width) * scale),
        height: Math.floor(Math.floor(height) * scale),
        dpi: scale * 72,
      }
    })
  })
}

async function inspectImage(bytes: Uint8Array, kind: FileKind): Promise<PageSize[]> {
  const first = await readHeader(bytes, 0)
  if (first.format !== kind) throw new CannotRead('scan.unknown_type', `its content is ${first.format}`)
  const count = checkCount(first.pages ?? 1)
  const pages: PageSize[] = []
  for (let page = 0; page < count; page++) pages.push(sizeOf(page === 0 ? first : await readHeader(bytes, page)))
  await decodeOnce(bytes)
  return pages
}

/** The dots per inch a file states, or 0 when it states none worth believing. */
export function statedDpi(density: number | undefined): number {
  return density !== undefined && density >= 90 && density <= 1300 ? density : 0
}

function checkCount(count: number): number {
  if (count < 1) throw new CannotRead('scan.no_pages', 'the file has no pages')
  if (count > limits.pages) throw new CannotRead('scan.too_many_pages', `${count} pages`)
  return count
}

async function readHeader(bytes: Uint8Array, page: number): Promise<Metadata> {
  // No limit here: a header costs nothing to read, and the refusal can then say how large the image is.
  const header = await sharp(bytes, { page, limitInputPixels: false }).metadata().catch(rethrowDamaged)
  const pixels = header.width * header.height
  if (pixels > limits.pixels) throw new CannotRead('scan.too_large_image', `${header.width} × ${header.height} pixels`)
  return header
}

function sizeOf({ width, height, orientation, density }: Metadata): PageSize {
  const lies = orientation !== undefined && orientation >= 5
  return { width: lies ? height : width, height: lies ? width : height, dpi: statedDpi(density) }
}

/** Decodes the first page, so that a truncated file is refused while the clerk still stands at the scanner. */
async function decodeOnce(bytes: Uint8Array): Promise<void> {
  await sharp(bytes, { limitInputPixels: limits.pixels, failOn: 'truncated', sequentialRead: true })
    .resize({ width: 64, height: 64, fit: 'inside', fastShrinkOnLoad: true })
    .raw()
    .toBuffer()
    .catch(rethrowDamaged)
}

export function rethrowDamaged(error: unknown): never {
  const reason = describe(error)
  throw new CannotRead(/pixel limit/i.test(reason) ? 'scan.too_large_image' : 'scan.damaged', reason)
}
