import { type Share, sumErrors, toShare } from './counting.ts'
import { growthOf, type Memory } from './known.ts'
import type { Peers } from './peers.ts'
import { type Run, runs, type TextRow, type TextSummary } from './text.ts'

type Say = (line: string) => void

const names: Readonly<Record<Run, string>> = {
  plain: 'ours, plain',
  clean: 'ours, clean',
  fields: 'ours, fields',
  native: 'tesseract',
  nativeLocal: 'tesseract, local threshold',
  ocrmypdf: 'ocrmypdf --jobs 1',
}
const write = (value: number | null, digits: number, scale = 1, unit = '') =>
  value === null ? '–' : `${(value * scale).toFixed(digits)}${unit}`

/** The table of all engines side by side, and the pages whose text came out worst. */
export function printText(say: Say, summary: TextSummary, rows: readonly TextRow[], peers: Peers): void {
  for (const line of [...peers.missing, ...rows.flatMap(({ failed }) => failed)]) say(`  ${line}`)
  if (summary.pages === 0) return
  say(
    `\nfull text and fields, side by side: ${summary.pages} pages, one thread each; letters wrong of all, of the form's own print`,
  )
  say(
    '  ours in a child that has read before, as it runs; the others started for each page, about 0.1 s of tesseract’s time',
  )
  for (const run of runs) {
    const { all, print } = summary.errors[run]
    say(
      `  ${names[run].padEnd(28)}${write(summary.cpuMs[run], 0, 1, ' ms').padStart(9)} (median)` +
        `${write(summary.pagesPerMinute(run), 1).padStart(7)} pages/CPU min` +
        `${write(all, 2, 100, ' %').padStart(9)}${write(print, 2, 100, ' %').padStart(9)}`,
    )
  }
  const ratio = (one: Run, other: Run) => {
    const { median, sums } = summary.ratio(one, other)
    say(`  ${names[one]} ÷ ${names[other]}: CPU ${write(median, 2)} (median page), ${write(sums, 2)} (all)`)
  }
  ratio('plain', 'native')
  ratio('clean', 'native')
  ratio('ocrmypdf', 'plain')
  ratio('ocrmypdf', 'fields')
  for (const run of ['plain', 'clean', 'native'] as const) say(`  worst, ${names[run]}: ${listWorst(rows, run)}`)
}

function listWorst(rows: readonly TextRow[], run: Run): string {
  const rated = rows.map(({ page, errors }) => ({ page, edits: sumErrors(errors[run] ?? []).edits }))
  const worst = rated.filter(({ edits }) => edits > 0).sort((a, b) => b.edits - a.edits)
  return worst
    .slice(0, 5)
    .map(({ page, edits }) => `${page.name} ${page.damage} ${edits}`)
    .join(', ')
}

export function printMemory(say: Say, memory: Memory, twoWorkers: number | null): void {
  const pages = memory.after.length
  const growth = write(growthOf(memory), 3)
  if (pages > 0)
    say(
      `\n  a child's memory: ${Math.round(memory.peak)} MiB at most; after ${pages} pages, 251-300 ÷ 51-100: ${growth}`,
    )
  if (twoWorkers !== null) say(`  two children ÷ one, pages by the clock: ${write(twoWorkers, 2)}`)
}

/** The keys of the JSON line for text, speed and memory. */
export function figuresOfText(
  summary: TextSummary,
  memory: Memory,
  twoWorkers: number | null,
): Record<string, unknown> {
  const round = (value: number | null, digits: number) => (value === null ? null : Number(value.toFixed(digits)))
  const { errors } = summary
  return {
    textPages: summary.pages,
    cerPlain: round(errors.plain.all, 5),
    cerPlainNative: round(errors.native.all, 5),
    cerPlainNativeLocal: round(errors.nativeLocal.all, 5),
    cerClean: round(errors.clean.all, 5),
    cerPrint: {
      plain: round(errors.plain.print, 5),
      native: round(errors.native.print, 5),
      clean: round(errors.clean.print, 5),
    },
    fieldsPagesPerMinuteCore: round(summary.pagesPerMinute('fields'), 1),
    plainPagesPerMinuteCore: round(summary.pagesPerMinute('plain'), 1),
    plainCpuVsTesseract: round(summary.ratio('plain', 'native').median, 3),
    cleanCpuVsTesseract: round(summary.ratio('clean', 'native').median, 3),
    plainVsOcrmypdf: round(summary.ratio('ocrmypdf', 'plain').sums, 3),
    fieldsVsOcrmypdf: round(summary.ratio('ocrmypdf', 'fields').sums, 3),
    workerMiB: memory.peak > 0 ? Math.round(memory.peak) : null,
    workerGrowth: round(growthOf(memory), 3),
    twoWorkers: round(twoWorkers, 3),
  }
}

/** Of every share of wrong letters its number of letters and interval, as if each were misread by itself. */
export function intervalsOfText(rows: readonly TextRow[]): Record<string, Share> {
  const share = (run: Run) => {
    const { edits, letters } = sumErrors(rows.flatMap(({ errors }) => errors[run] ?? []))
    return toShare(edits, letters)
  }
  return { cerPlain: share('plain'), cerPlainNative: share('native'), cerClean: share('clean') }
}
