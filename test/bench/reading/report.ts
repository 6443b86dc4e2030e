import { type Share, toShare } from './counting.ts'
import type { BenchPage } from './pages.ts'
import { describeSlip, type Outcome, type Tally } from './tally.ts'

type Say = (line: string) => void
/** `upright` and the counts of pages taken for what they are not. */
export type Standing = {
  readonly upright: Share
  readonly blankMissed: number
  readonly formAsBlank: number
  readonly noteAsBlank: number
  readonly formsElsewhere: number
  readonly n: { readonly turned: number; readonly blank: number; readonly written: number; readonly notes: number }
}

const percent = (value: number | null) => (value === null ? '–' : `${(value * 100).toFixed(1)} %`)
const spread = ({ share, n, interval }: Share) =>
  `${percent(share).padStart(8)}  n ${String(n).padStart(5)}  ${percent(interval[0])} – ${percent(interval[1])}`

/**
 * The table of one row: fields, sure values, forms; each wrong value that was marked sure, and with `details` every other.
 * `isHeldOut`: read by labels alone, which tell of no boxes.
 */
export function printTally(say: Say, what: string, tally: Tally, details: boolean, isHeldOut = false): void {
  if (tally.pages === 0) return
  say(`\n${what}: ${tally.pages} pages`)
  for (const [field, share] of Object.entries(tally.fields)) say(`  ${field.padEnd(14)}${spread(share)}`)
  say(`  ${'marked sure'.padEnd(14)}${spread(tally.sure)}`)
  if (!isHeldOut) {
    say(`  ${'boxes right'.padEnd(14)}${spread(tally.ticks)}`)
    say(`  ${'form known'.padEnd(14)}${spread(tally.form)}`)
  }
  say(`  wrong though sure: ${tally.wrongSure.length}; forms taken for others: ${tally.formWrong.length}`)
  for (const slip of tally.wrongSure) say(`    ${describeSlip(slip)}`)
  for (const line of [...tally.formWrong, ...tally.failed]) say(`    ${line}`)
  if (!details) return
  say('  wrong or missing, and not sure:')
  const read = tally.slips.filter(({ status }) => status !== 'missing')
  for (const line of [...read.map(describeSlip).sort(), ...countMissing(tally)]) say(`    ${line}`)
}

/** Fields nothing was read of, by field and form: where it is many, the form's label was not found. */
function countMissing({ slips }: Tally): string[] {
  const pages = new Map<string, string[]>()
  for (const { page, field, status } of slips) {
    if (status !== 'missing') continue
    const where = `${field.padEnd(9)} of ${page.form}`
    pages.set(where, [...(pages.get(where) ?? []), page.name])
  }
  return [...pages]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([where, names]) => {
      const some = names.slice(0, 4).join(', ')
      return `${where}: nothing read on ${names.length} (${some}${names.length > 4 ? ', …' : ''})`
    })
}

/** Turned pages stood upright, blank pages found, and nothing else called blank. */
export function uprightOf(say: Say, pages: readonly BenchPage[], outcomes: ReadonlyMap<string, Outcome>): Standing {
  const of = ({ name }: BenchPage) => outcomes.get(name)
  const turned = pages.filter((page) => page.rotation !== 0 && !page.isBlank)
  const lying = turned.filter((page) => of(page)?.rotation !== page.rotation)
  const blank = pages.filter(({ isBlank }) => isBlank)
  const missed = blank.filter((page) => of(page)?.blank !== true)
  const notes = pages.filter(({ name }) => name.startsWith('note-'))
  const written = pages.filter((page) => !page.isBlank && !notes.includes(page))
  const called = (among: readonly BenchPage[]) => among.filter((page) => of(page)?.blank === true)
  const wrongly = pages.filter((page) => page.rotation !== 0 || page.form === null)
  const elsewhere = wrongly.filter((page) => (of(page)?.form ?? null) !== null && of(page)?.form !== page.form)
  const upright = toShare(turned.length - lying.length, turned.length)
  if (turned.length > 0) say(`\n  ${'stood upright'.padEnd(14)}${spread(upright)}`)
  say(
    `  blank pages missed: ${missed.length} of ${blank.length}; pages called blank: ${called(written).length} of ${written.length}`,
  )
  say(
    `  nearly blank pages called blank: ${called(notes).length} of ${notes.length}; forms seen elsewhere: ${elsewhere.length}`,
  )
  const list = (why: string, some: readonly BenchPage[]) => {
    for (const page of some)
      say(`    ${why}: ${page.name} ${page.form ?? 'no form'} ${page.damage}, turned ${page.rotation}`)
  }
  list('lies', lying)
  list('missed', missed)
  list('called blank', [...called(written), ...called(notes)])
  list('wrong form', elsewhere)
  return {
    upright,
    blankMissed: missed.length,
    formAsBlank: called(written).length,
    noteAsBlank: called(notes).length,
    formsElsewhere: elsewhere.length,
    n: { turned: turned.length, blank: blank.length, written: written.length, notes: notes.length },
  }
}

/** The keys of the JSON line for the two tallies. */
export function figuresOf(known: Tally, unknown: Tally): Record<string, unknown> {
  const shares = ({ fields }: Tally) =>
    Object.fromEntries(Object.entries(fields).map(([name, { share }]) => [name, share]))
  return {
    pages: known.pages,
    fields: shares(known),
    sureShare: known.sure.share,
    ticks: known.ticks.share,
    wrongSure: known.wrongSure.length,
    unknown: shares(unknown),
    unknownSureShare: unknown.sure.share,
    unknownWrongSure: unknown.wrongSure.length,
    form: known.form.share,
    formWrong: known.formWrong.length,
    unknownFormWrong: unknown.formWrong.length,
  }
}

export function figuresOfStanding({ upright, ...counts }: Standing): Record<string, unknown> {
  return { upright: upright.share, ...counts }
}

export function figuresOfHand(hand: Tally): Record<string, unknown> {
  const { pages, fields, sureShare, wrongSure } = figuresOf(hand, hand)
  return { pages, fields, sureShare, wrongSure }
}

/** Every share with its number and 95 % interval; every count with the number it is out of. */
export function sharesOf({ known, unknown }: { known: Tally; unknown: Tally }, { upright, n, ...counts }: Standing) {
  return {
    fields: { ...known.fields, sure: known.sure, ticks: known.ticks, form: known.form },
    unknown: { ...unknown.fields, sure: unknown.sure },
    upright,
    blankMissed: toShare(counts.blankMissed, n.blank),
    formAsBlank: toShare(counts.formAsBlank, n.written),
    noteAsBlank: toShare(counts.noteAsBlank, n.notes),
  }
}
