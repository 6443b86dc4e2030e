import type { ReadingFailure } from '@tasain/contracts'

/** A file or page that cannot be read, and why. `reason` is for the log: the code has its text for people. */
export class CannotRead extends Error {
  readonly code: ReadingFailure
  constructor(code: ReadingFailure, reason: string) {
    super(reason)
    this.name = 'CannotRead'
    this.code = code
  }
}

export type Failed = { readonly ok: false; readonly code: ReadingFailure; readonly reason: string }

/** The answer for anything thrown while reading; what is not foreseen is `scan.not_readable`. */
export function toFailed(error: unknown): Failed {
  if (error instanceof CannotRead) return { ok: false, code: error.code, reason: error.message }
  return { ok: false, code: 'scan.not_readable', reason: describe(error) }
}

/** What an error says, in one line without paths. */
export function describe(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text
    .replace(/\/\S+\//g, '')
    .replace(/\s+/g, ' ')
    .slice(0, 200)
}

export const limits = {
  /** Of one page, as it would be decoded. */
  pixels: 80_000_000,
  /** Of one page too: 80 million pixels of eight bits in three colours. More takes seconds to unpack and is no scan. */
  decodedBytes: 240_000_000,
  pages: 300,
  /** A PDF page is drawn at this resolution unless it would have more than `drawnPixels`. */
  drawnDpi: 300,
  drawnPixels: 18_000_000,
  /** A page with more pixels is read from a smaller copy: 400 dots per inch of A4 are plenty. */
  readPixels: 18_000_000,
} as const
