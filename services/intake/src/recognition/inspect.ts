import type { FileKind } from '@tasain/contracts'
import sharp, { type Metadata } from 'sharp'
import { CannotRead, describe, type Failed, limits, toFailed } from './failure.ts'
import { countPdfPages, measurePdfPage, withPdf } from './picture/pdf.ts'
import { sniff } from './sniff.ts'

export type Inspected = { readonly ok: true; readonly kind: FileKind; readonly pageCount: number } | Failed

/**
 * Looks into a file before it is taken in: its kind by its bytes, its pages, and whether it can be opened. Run it in a
 * child process: a hostile file may take long or much memory.
 */
export async function inspectFile(bytes: Uint8Array): Promise<Inspected> {
  try {
    const kind = await sniffFile(bytes)
    return { ok: true, kind, pageCount: kind === 'pdf' ? await inspectPdf(bytes) : await inspectImage(bytes, kind) }
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

/** @returns how many pages. @throws CannotRead when one of them has no size. */
function inspectPdf(bytes: Uint8Array): Promise<number> {
  return withPdf(bytes, (pdf) => {
    const count = checkCount(countPdfPages(pdf))
    for (let page = 1; page <= count; page++) measurePdfPage(pdf, page)
    return count
  })
}

/** @returns how many pages. @throws CannotRead when one of them is too large, or the first or last cannot be decoded. */
async function inspectImage(bytes: Uint8Array, kind: FileKind): Promise<number> {
  const first = await readHeader(bytes, 0)
  if (first.format !== kind) throw new CannotRead('scan.unknown_type', `its content is ${first.format}`)
  const count = checkCount(first.pages ?? 1)
  for (let page = 1; page < count; page++) await readHeader(bytes, page)
  for (const page of new Set([0, count - 1])) await decodeOnce(bytes, page)
  return count
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

/** Of one sample, where it is more than one. */
const bytesOf: Readonly<Record<string, number>> = { ushort: 2, short: 2, uint: 4, int: 4, float: 4, double: 8 }

async function readHeader(bytes: Uint8Array, page: number): Promise<Metadata> {
  // No limit here: a header costs nothing to read, and the refusal can then say how large the image is.
  const header = await sharp(bytes, { page, limitInputPixels: false }).metadata().catch(rethrowDamaged)
  const pixels = header.width * header.height
  const decoded = pixels * header.channels * (bytesOf[header.depth] ?? 1)
  if (pixels > limits.pixels || decoded > limits.decodedBytes)
    throw new CannotRead('scan.too_large_image', `${header.width} × ${header.height} pixels, ${decoded} bytes`)
  return header
}

/**
 * How a decoder must not go on: where content is missing it would fill the page with white or black and say nothing. Of a
 * TIFF a missing strip or a broken chain of pages is an error to the decoder, and not what it calls truncated.
 */
export const failOn = 'error'

/** Decodes a page (from 0), so that a file that was cut off is refused while the clerk still stands at the scanner. */
async function decodeOnce(bytes: Uint8Array, page: number): Promise<void> {
  await sharp(bytes, { page, limitInputPixels: limits.pixels, failOn, sequentialRead: true })
    .resize({ width: 64, height: 64, fit: 'inside', fastShrinkOnLoad: true })
    .raw()
    .toBuffer()
    .catch(rethrowDamaged)
}

export function rethrowDamaged(error: unknown): never {
  const reason = describe(error)
  throw new CannotRead(/pixel limit/i.test(reason) ? 'scan.too_large_image' : 'scan.damaged', reason)
}
