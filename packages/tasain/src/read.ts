import { basename } from 'node:path'
import type { FieldReading, PageReading } from '@tasain/contracts'
import { createReaders, type Readers } from '@tasain/intake/commands'

type Failure = { readonly code: string; readonly reason: string }
type FieldOfFile = FieldReading & { readonly page: number }
/** One line of `tasain read`. `error` stands where the file, or one of its pages, could not be read. */
type FileReading = {
  readonly file: string
  readonly pages: readonly object[]
  readonly form: { readonly code: string; readonly language: string; readonly confidence: number } | null
  readonly fields: Readonly<Record<string, FieldOfFile>>
  readonly ms: number
  readonly error?: Failure
}

/**
 * Reads files without database or service and writes one JSON line each to `out`. A file that cannot be read gives a line
 * with `error` and does not stop the others. Returns how many could not be read.
 */
export async function readCommand(files: readonly string[], out: (line: string) => void): Promise<number> {
  const readers = createReaders({ count: 1 })
  let failed = 0
  try {
    for (const file of files) {
      const line = await readOneFile(readers, file)
      if (line.error !== undefined) failed++
      out(JSON.stringify(line))
    }
  } finally {
    await readers.stop()
  }
  return failed
}

async function readOneFile(readers: Readers, path: string): Promise<FileReading> {
  const started = performance.now()
  const inspected = await readers.inspect({ path })
  const pages: PageReading[] = []
  let error: Failure | undefined = inspected.ok ? undefined : { code: inspected.code, reason: inspected.reason }
  for (let page = 1; inspected.ok && page <= inspected.pageCount; page++) {
    const read = await readers.read({ path, kind: inspected.kind, page })
    if (read.ok) pages.push(read.reading)
    else error ??= { code: read.code, reason: `page ${page}: ${read.reason}` }
  }
  const form = pages.find((page) => page.form !== null)?.form ?? null
  return {
    file: basename(path),
    pages: pages.map(describePage),
    form: form && { code: form.code, language: form.language, confidence: form.confidence },
    fields: joinFields(pages),
    ms: Math.round(performance.now() - started),
    ...(error === undefined ? {} : { error }),
  }
}

function describePage({ page, width, height, dpi, rotation, skew, blank, barcodes, text, confidence }: PageReading) {
  return { page, width, height, dpi, rotation, skew, blank, barcodes, text, confidence }
}

/** A field is told by the first page that has it. */
function joinFields(pages: readonly PageReading[]): Record<string, FieldOfFile> {
  const fields: Record<string, FieldOfFile> = {}
  for (const page of pages) {
    for (const [name, field] of Object.entries(page.fields)) fields[name] ??= { ...field, page: page.page }
  }
  return fields
}
