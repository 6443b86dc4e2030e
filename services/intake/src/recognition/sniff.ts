import type { FileKind } from '@tasain/contracts'
import { fileTypeFromBuffer } from 'file-type'

export type Sniffed = { readonly kind: FileKind } | { readonly kind: 'unknown'; readonly looksLike: string | null }

const kinds: Readonly<Record<string, FileKind>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/tiff': 'tiff',
  'application/pdf': 'pdf',
}

/**
 * What a file is, by its bytes and never by its name. `head` is its beginning (4 KiB are enough).
 * A PDF may carry up to 1,024 bytes of something else before `%PDF-`. `looksLike` is a media type, where known.
 */
export async function sniff(head: Uint8Array): Promise<Sniffed> {
  const type = await fileTypeFromBuffer(head).catch(() => undefined)
  const kind = type === undefined ? signatureOf(head) : kinds[type.mime]
  if (kind !== undefined) return { kind }
  // Only where nothing else was recognised: an archive or program that carries a PDF inside is not a PDF.
  const start = Buffer.from(head.subarray(0, 1024)).indexOf('%PDF-')
  if (type === undefined && start >= 0) return { kind: 'pdf' }
  return { kind: 'unknown', looksLike: type?.mime ?? null }
}

/** The directory of a TIFF may lie at its end, and a PNG may be broken right behind its signature: these bytes must do. */
function signatureOf(head: Uint8Array): FileKind | undefined {
  const start = Buffer.from(head.subarray(0, 8)).toString('latin1')
  if (start === '\x89PNG\r\n\x1a\n') return 'png'
  return ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(start.slice(0, 4)) ? 'tiff' : undefined
}

export const mediaTypes: Readonly<Record<FileKind, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
}

/** The kind of a scan that is kept with this media type. */
export function getKind(mediaType: string): FileKind {
  const kind = kinds[mediaType]
  if (kind === undefined) throw new Error(`a scan is kept with the media type ${mediaType}, which is not read`)
  return kind
}
