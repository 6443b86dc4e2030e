import type { PlanSnapshot, PlanWork } from '@tasain/contracts'
import type { WorkColumns } from './columns.ts'
import { BUCKETS, daysUntil, findBucket, indexByOffice, type Nation } from './nation.ts'
import { isPairOpen, type Rulebook } from './rules.ts'

/** Work alike in who may do it: same pools, same rules on the way. Index = place in `WorkClasses.kinds`. */
export type Kind = {
  /** The first of its benefits, languages and protections by name: how a later plan finds the kind again. */
  name: string
  /** Pools able to do it, ascending; those of office o stand from first[o] to first[o + 1]. */
  pools: Int32Array
  first: Int32Array
  /** Offices able to do it that take it in from others, ascending. */
  takers: Int32Array
}

/** Work alike in what a day's wait costs. `from`: the first time bucket it can be done in, beyond 0 when it is still to come. */
export type Delay = { slack: number; weight: number; from: number }

/** Open work of one office, kind and delay, moved or kept as one. */
export type Supply = {
  office: number
  kind: number
  delay: number
  minutes: number
  /** Of these, the ones of protected work. */
  protectedMinutes: number
  /** False when pinned or when no rule lets it leave: no arc but home. */
  mayLeave: boolean
  /** Still to come: waits may be planned for it, no move of it is made. */
  isComing: boolean
  /** Place of its last row in the snapshot's work; -1 = none, as of what is still to come. */
  lastRow: number
}

export type WorkClasses = {
  kinds: Kind[]
  delays: Delay[]
  supplies: Supply[]
  /** Place of a supply by office and `keySupply`. */
  supplyIndex: Map<number, number>[]
  /** By row of a supply the row before it there, -1 = none: lists of their own would take as much as the rows. */
  priorRow: Int32Array
}

/** Kinds, delays and the rest of a supply as one number. */
export function keySupply(kind: number, delay: number, mayLeave: boolean): number {
  return (kind * 65536 + delay) * 2 + (mayLeave ? 1 : 0)
}

/** True when the kind's work can be done in the office. */
export function isAble(kind: Kind | undefined, office: number): boolean {
  return (kind?.first[office + 1] ?? 0) > (kind?.first[office] ?? 0)
}

/** The kind's pools in the office. */
export function listPoolsAt(kind: Kind | undefined, office: number): Int32Array {
  return kind?.pools.subarray(kind.first[office], kind.first[office + 1]) ?? new Int32Array()
}

const SLACKS = [0, 2, 7, 15] as const

/** Slack in working days as the model reckons it, as place in SLACKS: ≤ 0, ≤ 4, ≤ 10 and beyond. */
function groupSlack(slackDays: number): number {
  if (slackDays <= 4) return slackDays <= 0 ? 0 : 1
  return slackDays <= 10 ? 2 : 3
}

/** Merges benefits that nothing tells apart into kinds, and rows into supplies; nothing is lost by it. */
export function mergeWork(
  snapshot: PlanSnapshot,
  nation: Nation,
  work: WorkColumns,
  book: Rulebook,
  limited: ReadonlySet<number>,
): WorkClasses {
  const { office, slackDays, inDays, minutes, flags } = work
  const classes: WorkClasses = {
    kinds: [],
    delays: [],
    supplies: [],
    supplyIndex: nation.offices.map(() => new Map()),
    priorRow: new Int32Array(nation.rows.length),
  }
  const findKind = makeKindFinder(classes.kinds, nation, work, book)
  const findDelay = makeDelayFinder(classes.delays, snapshot, work, book)
  // What will come where nobody can do it waits for other hands, if it can get there today; else its place is not known.
  const leadsOn = (kind: Kind | undefined, from: number) =>
    kind?.takers.some(
      (to) => to !== from && isPairOpen(book, nation, from, to) && !limited.has(from * nation.offices.length + to),
    ) === true
  for (let row = 0; row < minutes.length; row++) {
    const more = minutes[row] ?? 0
    if (more === 0) continue
    const at = office[row] ?? 0
    const kind = findKind(row)
    const ahead = inDays[row] ?? 0
    if (ahead > 0 && !isAble(classes.kinds[kind], at) && !leadsOn(classes.kinds[kind], at)) continue
    // Slack groups are coarse and end early: to come late is not to have time.
    // Nearly every row is here already: the search for its bucket would be felt.
    const from = ahead > 0 ? findBucket(ahead) : 0
    const delay = findDelay(row, groupSlack((slackDays[row] ?? 0) - ahead), from)
    const mayLeave = ((flags[row] ?? 0) & 1) === 1 && book.exportBlocks[at]?.length === 0
    const index = classes.supplyIndex[at]
    const key = keySupply(kind, delay, mayLeave)
    let s = index?.get(key)
    if (s === undefined) {
      s = classes.supplies.length
      index?.set(key, s)
      classes.supplies.push({
        office: at,
        kind,
        delay,
        minutes: 0,
        protectedMinutes: 0,
        mayLeave,
        isComing: ahead > 0,
        lastRow: -1,
      })
    }
    const supply = classes.supplies[s]
    if (supply === undefined) continue
    supply.minutes += more
    if (((flags[row] ?? 0) & 2) === 2) supply.protectedMinutes += more
    if (ahead > 0) continue
    classes.priorRow[row] = supply.lastRow
    supply.lastRow = row
  }
  return classes
}

/** The supply's rows, in the snapshot's order. */
export function listRows({ priorRow }: WorkClasses, { lastRow }: Supply, { rows }: Nation): PlanWork[] {
  const found: PlanWork[] = []
  for (let at = lastRow; at >= 0; at = priorRow[at] ?? -1) {
    const row = rows[at]
    if (row !== undefined) found.push(row)
  }
  return found.reverse()
}

/** Earliest due first, then by name: the order in which rows leave. */
export function compareRows(a: PlanWork, b: PlanWork): number {
  if (a.slackDays !== b.slackDays) return a.slackDays - b.slackDays
  if (a.benefit !== b.benefit) return a.benefit < b.benefit ? -1 : 1
  if (a.language !== b.language) return a.language < b.language ? -1 : 1
  return Number(a.protected ?? false) - Number(b.protected ?? false)
}

/** True when the pool's handlers have the skill, the language and, for protected work, the clearance. */
export function canDo(
  pool: { benefits: ReadonlySet<string>; languages: ReadonlySet<string>; cleared: boolean },
  work: { benefit: string; language: string; protected?: boolean | undefined },
): boolean {
  return pool.benefits.has(work.benefit) && canServe(pool, work)
}

function canServe(
  pool: { languages: ReadonlySet<string>; cleared: boolean } | undefined,
  work: { language: string; protected?: boolean | undefined },
): boolean {
  return pool?.languages.has(work.language) === true && (pool.cleared || !work.protected)
}

/** Finds a row's kind, and puts down a new one where none is like it. */
function makeKindFinder(kinds: Kind[], nation: Nation, work: WorkColumns, book: Rulebook): (row: number) => number {
  const { benefit, language, flags, benefits, languages } = work
  const accepts = book.active.flatMap(({ rule }) => (rule.kind === 'accept' ? [new Set(rule.benefits)] : []))
  const byWords = new Int32Array(benefits.length * languages.length * 2).fill(-1)
  const bySignature = new Map<string, number>()
  const poolsByBenefit = groupPools(nation)
  const make = (words: { benefit: string; language: string; protected: boolean }): number => {
    const pools = Int32Array.from(
      poolsByBenefit.get(words.benefit)?.filter((index) => canServe(nation.pools[index], words)) ?? [],
    )
    const signature = `${pools.join(',')}|${accepts.map((set) => (set.has(words.benefit) ? 1 : 0)).join('')}`
    const name = JSON.stringify([words.benefit, words.language, words.protected])
    const known = bySignature.get(signature)
    const merged = kinds[known ?? -1]
    if (known !== undefined && merged !== undefined) {
      if (name < merged.name) merged.name = name
      return known
    }
    const at = Array.from(pools, (pool) => nation.pools[pool]?.office ?? 0)
    const takers = new Set(
      at.filter((office) => book.accepts[office]?.every((rule) => rule.benefits.has(words.benefit))),
    )
    const first = indexByOffice(at, nation.offices.length)
    bySignature.set(signature, kinds.length)
    kinds.push({ name, pools, first, takers: Int32Array.from(takers) })
    return kinds.length - 1
  }
  return (row) => {
    const isProtected = ((flags[row] ?? 0) & 2) === 2
    const at = ((benefit[row] ?? 0) * languages.length + (language[row] ?? 0)) * 2 + (isProtected ? 1 : 0)
    const known = byWords[at] ?? -1
    if (known >= 0) return known
    const words = { benefit: benefits[benefit[row] ?? 0] ?? '', language: languages[language[row] ?? 0] ?? '' }
    const kind = make({ ...words, protected: isProtected })
    byWords[at] = kind
    return kind
  }
}

function groupPools({ pools }: Nation): Map<string, number[]> {
  const byBenefit = new Map<string, number[]>()
  pools.forEach(({ benefits }, index) => {
    for (const benefit of benefits) {
      const known = byBenefit.get(benefit)
      if (known === undefined) byBenefit.set(benefit, [index])
      else known.push(index)
    }
  })
  return byBenefit
}

/** Finds what a row's wait costs, by its slack group on arrival, the time bucket it comes in and its benefit's weight in its office. */
function makeDelayFinder(
  delays: Delay[],
  { benefits }: PlanSnapshot,
  work: WorkColumns,
  book: Rulebook,
): (row: number, group: number, from: number) => number {
  const named = new Map(benefits?.map(({ id, weight }) => [id, weight]))
  const base = work.benefits.map((id) => named.get(id) ?? 1)
  const byWeight = new Map<number, number[]>()
  return (row, group, from) => {
    const benefit = work.benefit[row] ?? 0
    const weight = (base[benefit] ?? 1) * findFactor(book, work.office[row] ?? 0, work.benefits[benefit] ?? '')
    let known = byWeight.get(weight)
    if (known === undefined) {
      known = Array.from({ length: SLACKS.length * BUCKETS }, () => -1)
      byWeight.set(weight, known)
    }
    const at = from * SLACKS.length + group
    const slack = (SLACKS[group] ?? 0) + daysUntil(from)
    if (known[at] === -1) known[at] = delays.push({ slack, weight, from }) - 1
    return known[at] ?? 0
  }
}

/** The strictest of the matching weight rules: the greatest factor. */
function findFactor(book: Rulebook, office: number, benefit: string): number {
  let greatest = Number.NEGATIVE_INFINITY
  for (const rule of book.weights[office] ?? [])
    if (rule.benefit === benefit) greatest = Math.max(greatest, rule.factor)
  return greatest === Number.NEGATIVE_INFINITY ? 1 : greatest
}
