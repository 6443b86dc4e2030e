import type { TextMode, Upright } from '@tasain/contracts'
import type { Readers } from '../../../services/intake/src/recognition/children.ts'
import { errorRate, type LineErrors, matchLines, median } from './counting.ts'
import type { BenchPage } from './pages.ts'
import type { Peers } from './peers.ts'
import { readCpuMs } from './proc.ts'

/** What reads a page, side by side: ours in its two text modes and for fields alone, and the peers. */
export const runs = ['plain', 'clean', 'fields', 'native', 'nativeLocal', 'ocrmypdf'] as const
export type Run = (typeof runs)[number]

/** One page read by all: processor time in milliseconds, and each line's errors where there is a text to compare. */
export type TextRow = {
  readonly page: BenchPage
  readonly cpuMs: Partial<Record<Run, number>>
  readonly errors: Partial<Record<Run, readonly LineErrors[]>>
  readonly failed: readonly string[]
}
type Made = { cpuMs: number; text?: string }

/**
 * Reads one page with every engine in turn, `turn` saying whose turn comes first. Whoever cannot read the page, ours or a
 * peer, has missed every letter of it.
 */
export async function readByAll(readers: Readers, peers: Peers, page: BenchPage, turn: number): Promise<TextRow> {
  const cpuMs: Partial<Record<Run, number>> = {}
  const errors: Partial<Record<Run, LineErrors[]>> = {}
  const failed: string[] = []
  const lines = page.lines.map(({ text }) => text)
  // Not measured: it warms the child and tells how the page lies, which the second stage is told where it ships.
  const first = readFirst(readers, page)
  await first.catch(() => undefined)
  for (const index of runs.keys()) {
    const run = runs[(index + turn) % runs.length] ?? 'plain'
    const made = await makeRun(run, readers, peers, page, first).catch((error: unknown) => {
      failed.push(`${run} failed on ${page.name}: ${String(error)}`)
      return { cpuMs: undefined, text: hasText(run) ? '' : undefined }
    })
    if (made?.cpuMs !== undefined) cpuMs[run] = made.cpuMs
    if (made?.text !== undefined) errors[run] = matchLines(lines, made.text)
  }
  return { page, cpuMs, errors, failed }
}

async function makeRun(
  run: Run,
  readers: Readers,
  peers: Peers,
  page: BenchPage,
  first: Promise<Pick<Upright, 'rotation' | 'skew'>>,
): Promise<Made | undefined> {
  if (run === 'fields') {
    return measureChild(readers, async () => {
      await readFirst(readers, page)
      return undefined
    })
  }
  if (run === 'plain' || run === 'clean') {
    const { rotation, skew } = await first
    return measureChild(readers, () => readOurText(readers, page, run, { rotation, skew }))
  }
  const made = await peers[run]?.(page)
  return made && (hasText(run) ? made : { cpuMs: made.cpuMs })
}

/** Of the others the processor time alone is compared. */
const hasText = (run: Run) => run !== 'fields' && run !== 'ocrmypdf'

async function readFirst(readers: Readers, { path, kind }: BenchPage) {
  const answer = await readers.readFields({ path, kind, page: 1 })
  if (!answer.ok) throw new Error(answer.code)
  return answer.reading
}

async function readOurText(
  readers: Readers,
  { path, kind }: BenchPage,
  mode: TextMode,
  lies: Pick<Upright, 'rotation' | 'skew'>,
): Promise<string> {
  const answer = await readers.readText({ path, kind, page: 1, mode, ...lies })
  if (!answer.ok) throw new Error(answer.code)
  return answer.reading.text
}

/** @throws Error when the child is not the same all the while: then nobody could tell what it has used. */
async function measureChild(readers: Readers, work: () => Promise<string | undefined>): Promise<Made> {
  const pid = getPid(readers)
  const before = readCpuMs(pid)
  const text = await work()
  if (getPid(readers) !== pid) throw new Error(replaced)
  const cpuMs = readCpuMs(pid) - before
  return text === undefined ? { cpuMs } : { cpuMs, text }
}

const replaced = 'there is no child that has read before, or it has been replaced'

function getPid(readers: Readers): number {
  const [pid, ...more] = readers.pids()
  if (pid === undefined || more.length > 0) throw new Error(replaced)
  return pid
}

export type TextSummary = {
  readonly pages: number
  readonly cpuMs: Readonly<Record<Run, number | null>>
  /** Errors per letter of all that is printed and written, and of the form's own print alone. */
  readonly errors: Readonly<Record<Run, { readonly all: number | null; readonly print: number | null }>>
  /** Processor time of the first ÷ that of the second: the median over pages, and of the sums. */
  ratio(one: Run, other: Run): { readonly median: number | null; readonly sums: number | null }
  pagesPerMinute(run: Run): number | null
}

export function summariseText(rows: readonly TextRow[]): TextSummary {
  const times = (run: Run) => rows.flatMap(({ cpuMs }) => cpuMs[run] ?? [])
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  return {
    pages: rows.length,
    cpuMs: mapRuns((run) => median(times(run))),
    errors: mapRuns((run) => rateErrors(rows, run)),
    ratio(one, other) {
      const pairs = rows.flatMap(({ cpuMs: { [one]: first, [other]: second } }) =>
        first === undefined || second === undefined ? [] : [{ first, second }],
      )
      const sums = sum(pairs.map(({ first }) => first)) / sum(pairs.map(({ second }) => second))
      return { median: median(pairs.map(({ first, second }) => first / second)), sums: pairs.length > 0 ? sums : null }
    },
    pagesPerMinute: (run) => (times(run).length > 0 ? (60_000 * times(run).length) / sum(times(run)) : null),
  }
}

function rateErrors(rows: readonly TextRow[], run: Run): { all: number | null; print: number | null } {
  const all = rows.flatMap(({ errors }) => errors[run] ?? [])
  const print = rows.flatMap(({ page, errors }) =>
    (errors[run] ?? []).filter((_, index) => page.lines[index]?.kind === 'print'),
  )
  return { all: errorRate(all), print: errorRate(print) }
}

function mapRuns<T>(of: (run: Run) => T): Record<Run, T> {
  const [plain, clean, fields] = [of('plain'), of('clean'), of('fields')]
  return { plain, clean, fields, native: of('native'), nativeLocal: of('nativeLocal'), ocrmypdf: of('ocrmypdf') }
}
