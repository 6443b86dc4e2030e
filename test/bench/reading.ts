import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Benchmark } from './figures.ts'
import { readFolder } from './reading/folder.ts'
import { drawPages } from './reading/lanes.ts'
import {
  type BenchPage,
  listBlank,
  listHandwritten,
  listNotes,
  listTurned,
  listTyped,
  pickForText,
} from './reading/pages.ts'
import { findPeers } from './reading/peers.ts'
import { figuresOf, figuresOfHand, figuresOfStanding, printTally, sharesOf, uprightOf } from './reading/report.ts'
import { figuresOfText, intervalsOfText, printMemory, printText } from './reading/report-text.ts'
import { readFolderPages, readInLanes } from './reading/run.ts'
import { type Outcome, tallyPages } from './reading/tally.ts'
import { summariseText } from './reading/text.ts'
import { compareTwoToOne } from './reading/workers.ts'

type Say = (line: string) => void
type Does = (part: string) => boolean

const full = { typed: 300, unknown: 150, texts: 60, turned: 24, blank: 21, notes: 8, hand: 20, workers: 12 }
const sampleOf = (typed: number) => ({
  typed,
  unknown: typed,
  texts: Math.ceil(typed / 5),
  turned: 6,
  blank: 7,
  notes: 4,
  hand: 3,
  workers: 4,
})

const parts = ['known', 'unknown', 'turned', 'hand', 'text', 'workers', 'folder']

/**
 * Reading, on pages our generator draws with a seed nobody tunes on, and on those of a folder; about 25 minutes on two
 * cores. `pages` takes so many typed pages and few others, for work on accuracy; `only` some of the `parts`. `keep` leaves
 * the pages in a folder. With TASAIN_TUNE=1 they are other pages, to tune on.
 * @throws RangeError when there is no such part.
 */
export const run: Benchmark = async ({ say, forms, pages, only, details, keep }) => {
  const missing = only?.find((part) => !parts.includes(part))
  if (missing !== undefined) throw new RangeError(`no part ${missing}; there are ${parts.join(', ')}`)
  const does: Does = (part) => only === undefined || only.includes(part)
  const folder = keep ?? mkdtempSync(join(tmpdir(), 'tasain-bench-reading-'))
  mkdirSync(folder, { recursive: true })
  const clock = startClock(say)
  try {
    const sizes = pages === undefined ? full : sampleOf(pages)
    const { typed, others } = await drawAll(folder, sizes, does)
    clock(`${typed.length + others.length} pages drawn`)

    const known = does('known') ? typed : []
    const unknown = does('unknown') ? typed.slice(0, sizes.unknown) : []
    const texts = does('text') ? pickForText(typed, sizes.texts) : []
    const peers = await findPeers(folder)
    const done = await readInLanes({ known, others, unknown, texts }, peers, clock)
    const twoWorkers = does('workers') ? await compareTwoToOne(typed.slice(0, sizes.workers)) : null
    if (twoWorkers !== null) clock('two children held against one')

    const tallies = { known: tallyPages(known, done.known), unknown: tallyPages(unknown, done.unknown) }
    printTally(say, 'known forms', tallies.known, details)
    printTally(say, 'unknown forms', tallies.unknown, details, true)
    const hand = tallyPages(
      others.filter(({ isTyped }) => !isTyped),
      done.known,
    )
    printTally(say, 'forms filled in by hand, which nothing is promised for', hand, details)
    const standing = uprightOf(say, [...known, ...others], done.known)
    const text = summariseText(done.rows)
    printText(say, text, done.rows, peers)
    printMemory(say, done.memory, twoWorkers)
    const rowOfFolder =
      forms !== undefined && does('folder') ? await measureFolder(forms, say, does, details) : undefined
    clock('done')
    return {
      ...figuresOf(tallies.known, tallies.unknown),
      ...figuresOfStanding(standing),
      ...figuresOfText(text, done.memory, twoWorkers),
      hand: figuresOfHand(hand),
      ...(rowOfFolder && { forms: rowOfFolder }),
      intervals: { ...sharesOf(tallies, standing), ...intervalsOfText(done.rows) },
    }
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true })
  }
}

async function drawAll(folder: string, sizes: typeof full, does: Does) {
  const typed = listTyped(sizes.typed)
  const standing = [...listTurned(sizes.turned), ...listBlank(sizes.blank), ...listNotes(sizes.notes)]
  const hand = does('hand') ? listHandwritten(sizes.hand) : []
  const drawn = await drawPages(folder, [...typed, ...(does('turned') ? standing : []), ...hand])
  return { typed: drawn.slice(0, typed.length), others: drawn.slice(typed.length) }
}

/** The second row: a folder's pages. Handwriting apart. */
async function measureFolder(folder: string, say: Say, does: Does, details: boolean): Promise<Record<string, unknown>> {
  const all = readFolder(folder)
  const typed = all.filter(({ isTyped }) => isTyped)
  const done = await readFolderPages(all, does('unknown') ? typed : [])
  const tally = (what: string, pages: readonly BenchPage[], outcomes: ReadonlyMap<string, Outcome>, held = false) => {
    const counted = tallyPages(pages, outcomes)
    printTally(say, `${what} of ${folder}`, counted, details, held)
    return counted
  }
  const known = tally('known forms', typed, done.known)
  const unknown = tally('unknown forms', does('unknown') ? typed : [], done.unknown, true)
  const written = all.filter(({ isTyped }) => !isTyped)
  const hand = tally('handwriting', written, done.known)
  const standing = uprightOf(say, all, done.known)
  return {
    ...figuresOf(known, unknown),
    ...figuresOfStanding(standing),
    hand: figuresOfHand(hand),
    intervals: sharesOf({ known, unknown }, standing),
  }
}

function startClock(say: Say) {
  const started = performance.now()
  return (what: string) => say(`${String(Math.round((performance.now() - started) / 1000)).padStart(5)} s  ${what}`)
}
