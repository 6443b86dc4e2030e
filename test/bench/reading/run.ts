import { createReaders, type Readers } from '../../../services/intake/src/recognition/children.ts'
import { listForms } from '../../../services/intake/src/recognition/disk.process.ts'
import { createLastingReader, type Memory, readPageFields, watchMemory } from './known.ts'
import type { BenchPage } from './pages.ts'
import type { Peers } from './peers.ts'
import type { Outcome } from './tally.ts'
import { readByAll, type TextRow } from './text.ts'

export type Work = {
  /** Read with their forms known, one after another in one child. */
  readonly known: readonly BenchPage[]
  /** Read too, in another child. */
  readonly others: readonly BenchPage[]
  /** Read with their own form held out. */
  readonly unknown: readonly BenchPage[]
  /** Read by all engines in turn. */
  readonly texts: readonly BenchPage[]
}
export type Done = {
  readonly known: ReadonlyMap<string, Outcome>
  readonly unknown: ReadonlyMap<string, Outcome>
  readonly rows: readonly TextRow[]
  readonly memory: Memory
}

/**
 * Does all that needs no idle machine, in two lanes: one child reads all known pages without being replaced; meanwhile the
 * others and the unknown ones; the pages for all engines go to whichever lane has time.
 */
export async function readInLanes(work: Work, peers: Peers, tell: (what: string) => void): Promise<Done> {
  const texts = [...work.texts.entries()]
  const rows: TextRow[] = []
  const known = new Map<string, Outcome>()
  const unknown = new Map<string, Outcome>()
  const count = countTo(tell)
  const readNext = async (readers: Readers) => {
    const next = texts.shift()
    if (next === undefined) return
    rows.push(await readByAll(readers, peers, next[1], next[0]))
    count('page(s) by all engines', work.texts.length)
  }

  const first = async (): Promise<Memory> => {
    const readers = createLastingReader()
    const watch = watchMemory(readers)
    try {
      for (const [index, page] of work.known.entries()) {
        known.set(page.name, await readPageFields(readers, page))
        watch.look(true)
        count('page(s) with their forms known', work.known.length)
        if (index % 6 === 5) await readNext(readers)
      }
      while (texts.length > 0) await readNext(readers)
      if (work.known.length > 0) watch.look(false)
      return watch.memory()
    } finally {
      await readers.stop()
    }
  }
  const second = async () => {
    const readers = createLastingReader()
    try {
      for (const page of work.others) known.set(page.name, await readPageFields(readers, page))
      for (const page of work.unknown) {
        unknown.set(page.name, await readUnknown(readers, page))
        count('page(s) with their forms held out', work.unknown.length)
      }
      const [warm] = work.known
      if (warm !== undefined && texts.length > 0) await readPageFields(readers, warm)
      while (texts.length > 0) await readNext(readers)
    } finally {
      await readers.stop()
    }
  }
  const [memory] = await Promise.all([first(), second()])
  return { known, unknown, rows, memory }
}

/** Reads the pages of a folder: known in two children, then with their forms held out in two. */
export async function readFolderPages(
  known: readonly BenchPage[],
  unknown: readonly BenchPage[],
): Promise<Pick<Done, 'known' | 'unknown'>> {
  const readers = createReaders({ count: 2 })
  try {
    const byName = (outcomes: Outcome[]) => new Map(outcomes.map((outcome) => [outcome.name, outcome]))
    return {
      known: byName(await Promise.all(known.map((page) => readPageFields(readers, page)))),
      unknown: byName(await Promise.all(unknown.map((page) => readUnknown(readers, page)))),
    }
  } finally {
    await readers.stop()
  }
}

const shipped = listForms()

/** Reads a page with its own form held out. */
const readUnknown = (readers: Readers, page: BenchPage) =>
  readPageFields(
    readers,
    page,
    shipped.filter(({ code }) => code !== page.form),
  )

/** Tells of progress every so often. */
function countTo(tell: (what: string) => void) {
  const counts = new Map<string, number>()
  return (what: string, most: number) => {
    const count = (counts.get(what) ?? 0) + 1
    counts.set(what, count)
    if (count === most || count % 50 === 0) tell(`${count} of ${most} ${what}`)
  }
}
