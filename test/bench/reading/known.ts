import { createReaders, type Readers } from '../../../services/intake/src/recognition/children.ts'
import type { BenchPage } from './pages.ts'
import type { Outcome } from './tally.ts'

/** Reads one page's fields in a child process as shipped. */
export async function readPageFields(readers: Readers, { name, path, kind }: BenchPage): Promise<Outcome> {
  const answer = await readers.readFields({ path, kind, page: 1 })
  if (!answer.ok) return { name, form: null, rotation: 0, blank: false, fields: {}, failed: answer.code }
  const { form, rotation, blank, fields } = answer.reading
  return { name, form: form?.code ?? null, rotation, blank, fields }
}

/** Reads the fields of pages, `count` children at once. */
export async function readAllFields(
  pages: readonly BenchPage[],
  count: number,
  each: (outcome: Outcome) => void,
): Promise<void> {
  const readers = createReaders({ count })
  try {
    await Promise.all(pages.map(async (page) => each(await readPageFields(readers, page))))
  } finally {
    await readers.stop()
  }
}
