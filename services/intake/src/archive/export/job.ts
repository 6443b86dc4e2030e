import type { ReadingFailure } from '@tasain/contracts'
import type { PageToExport } from './pdf/compose.ts'

/** What the exporting process is given, as JSON in a file: `file` of each page is a path. */
export type ExportJob = {
  readonly title: string
  readonly producer: string
  /** When it is made, as an instant. */
  readonly at: string
  readonly pages: readonly PageToExport[]
  /** Where the PDF is to be written. */
  readonly to: string
}
export type Exported =
  | { readonly ok: true; readonly archival: boolean }
  | { readonly ok: false; readonly code: ReadingFailure; readonly reason: string }
