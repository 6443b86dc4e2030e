import type { FormDefinition } from '@tasain/contracts'
import { createReaders, type Readers } from '../../../services/intake/src/recognition/children.ts'
import { median } from './counting.ts'
import type { BenchPage } from './pages.ts'
import { readMemory } from './proc.ts'
import type { Outcome } from './tally.ts'

/** Reads one page's fields in a child process as shipped, by the forms that ship or by those told. */
export async function readPageFields(
  readers: Readers,
  { name, path, kind }: BenchPage,
  definitions?: readonly FormDefinition[],
): Promise<Outcome> {
  const forms = definitions && { forms: { revision: null, definitions } }
  const answer = await readers.readFields({ path, kind, page: 1, ...forms })
  if (!answer.ok) return { name, form: null, rotation: 0, blank: false, fields: {}, failed: answer.code }
  const { form, rotation, blank, fields } = answer.reading
  return { name, form: form?.code ?? null, rotation, blank, fields }
}

/** A single child that is never replaced, whatever it has grown to. */
export function createLastingReader(): Readers {
  return createReaders({ count: 1, recycleAfter: Number.POSITIVE_INFINITY, memoryMiB: 8192 })
}

/** What a child's memory was after each page of fields, and at most at any moment; MiB. */
export type Memory = { readonly peak: number; readonly after: readonly number[] }

/** The median of pages 251 to 300 ÷ that of pages 51 to 100; null of fewer. */
export function growthOf({ after }: Memory): number | null {
  const [late, early] = [median(after.slice(250, 300)), median(after.slice(50, 100))]
  return after.length < 300 || late === null || early === null ? null : late / early
}

/** Follows the memory of a readers' child. @throws Error when the child has been replaced. */
export function watchMemory(readers: Readers) {
  const after: number[] = []
  let [peak, watched] = [0, 0]
  return {
    look(isCounted: boolean) {
      const [pid] = readers.pids()
      if (pid === undefined || (watched !== 0 && pid !== watched)) throw new Error('the child has been replaced')
      watched = pid
      const memory = readMemory(pid)
      peak = memory.peak
      if (isCounted) after.push(memory.now)
    },
    memory: (): Memory => ({ peak, after }),
  }
}
