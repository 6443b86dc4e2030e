import type { Failed } from '../../recognition/failure.ts'
import type { Export } from './pdf/compose.ts'

/** What the exporting process is given, as JSON in a file: `file` of each page is a path, `at` an instant. */
export type ExportJob = Omit<Export, 'at'> & {
  readonly at: string
  /** Where the PDF is to be written. */
  readonly to: string
}
export type Exported = { readonly ok: true; readonly archival: boolean } | Failed
