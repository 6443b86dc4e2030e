import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Benchmark } from './figures.ts'
import { readFolder } from './reading/folder.ts'
import { readAllFields } from './reading/known.ts'
import { collect, drawPages, lanes, split } from './reading/lanes.ts'
import { type BenchPage, listBlank, listNotes, listTurned, listTyped } from './reading/pages.ts'
import { figuresOf, printTally, sharesOf, uprightOf } from './reading/report.ts'
import { type Outcome, tallyPages } from './reading/tally.ts'

const full = { typed: 300, turned: 24, blank: 21, notes: 8 }

/**
 * Reading, on pages our generator draws with a seed nobody tunes on, and on those of a folder. `--pages N` takes N typed
 * pages and few others, for work on accuracy; `--only known,unknown` some of the parts.
 */
export const run: Benchmark = async ({ say, forms, pages, only, details }) => {
  const does = (part: string) => only === undefined || only.includes(part)
  const folder = mkdtempSync(join(tmpdir(), 'tasain-bench-reading-'))
  const clock = startClock(say)
  try {
    const sizes = pages === undefined ? full : { typed: pages, turned: 6, blank: 7, notes: 2 }
    const typed = await drawPages(folder, listTyped(sizes.typed))
    const turned = does('turned') ? await drawPages(folder, listTurned(sizes.turned)) : []
    const blank = does('turned') ? await drawPages(folder, listBlank(sizes.blank)) : []
    const notes = does('turned') ? await drawPages(folder, listNotes(sizes.notes)) : []
    clock(`${typed.length + turned.length + blank.length + notes.length} pages drawn`)

    const others = [...turned, ...blank, ...notes]
    const known = await readKnown([...(does('known') ? typed : []), ...others])
    clock(`${known.size} pages read with their forms known`)
    const unknown = await readUnknown(does('unknown') ? typed : [])
    clock(`${unknown.size} pages read with their forms held out`)

    const tallies = {
      known: tallyPages(
        typed.filter(({ name }) => known.has(name)),
        known,
      ),
      unknown: tallyPages(
        typed.filter(({ name }) => unknown.has(name)),
        unknown,
      ),
    }
    printTally(say, 'known forms', tallies.known, details)
    printTally(say, 'unknown forms', tallies.unknown, details)
    const rest = uprightOf(
      say,
      [...typed, ...others].filter(({ name }) => known.has(name)),
      known,
    )
    const folderFigures = forms === undefined ? {} : { forms: await measureFolder(forms, say, does, details) }
    return {
      ...figuresOf(tallies.known, tallies.unknown),
      ...rest,
      ...folderFigures,
      intervals: sharesOf(tallies, rest),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measureFolder(
  folder: string,
  say: (line: string) => void,
  does: (part: string) => boolean,
  details: boolean,
): Promise<Record<string, unknown>> {
  const all = readFolder(folder)
  const typed = all.filter(({ isTyped }) => isTyped)
  const known = await readKnown(all)
  const unknown = await readUnknown(does('unknown') ? typed : [])
  const tally = tallyPages(typed, known)
  const unknownTally = tallyPages(typed, unknown)
  const hand = tallyPages(
    all.filter(({ isTyped }) => !isTyped),
    known,
  )
  printTally(say, `known forms of ${folder}`, tally, details)
  printTally(say, `unknown forms of ${folder}`, unknownTally, details)
  printTally(say, `handwriting of ${folder}`, hand, details)
  const rest = uprightOf(say, all, known)
  return {
    ...figuresOf(tally, unknownTally),
    ...rest,
    hand: figuresOf(hand, hand),
    intervals: sharesOf({ known: tally, unknown: unknownTally }, rest),
  }
}

async function readKnown(pages: readonly BenchPage[]): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>()
  await readAllFields(pages, lanes, (outcome) => outcomes.set(outcome.name, outcome))
  return outcomes
}

async function readUnknown(pages: readonly BenchPage[]): Promise<Map<string, Outcome>> {
  const entry = new URL('./reading/unknown.process.ts', import.meta.url)
  const read = await Promise.all(split(pages).map((share) => collect<Outcome>(entry, { pages: share })))
  return new Map(read.flat().map((outcome) => [outcome.name, outcome]))
}

function startClock(say: (line: string) => void) {
  const started = performance.now()
  return (what: string) => say(`${String(Math.round((performance.now() - started) / 1000)).padStart(5)} s  ${what}`)
}
