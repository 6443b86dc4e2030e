import type { PlanSnapshot, PlanWork } from '@tasain/contracts'
import type { Nation } from './nation.ts'
import type { Rulebook } from './rules.ts'

/** Work alike in who may do it: same pools, same rules on the way. Index = place in `WorkClasses.kinds`. */
export type Kind = {
  /** The first of its benefits, languages and protections by name: how a later plan finds the kind again. */
  name: string
  /** Any benefit of the kind: rules treat them all alike. */
  benefit: string
  /** Pools able to do it, ascending. */
  pools: number[]
  /** The same by office. */
  poolsAt: ReadonlyMap<number, number[]>
}

/** Work alike in what a day's wait costs. */
export type Delay = { slack: number; weight: number }

/** Open work of one office, kind and delay, moved or kept as one. Rows are in the order they would be sent. */
export type Supply = {
  office: number
  kind: number
  delay: number
  minutes: number
  /** False when pinned or when no rule lets it leave: no arc but home. */
  mayLeave: boolean
  rows: PlanWork[]
}

export type WorkClasses = { kinds: Kind[]; delays: Delay[]; supplies: Supply[] }

/** Slack in working days as the model reckons it: ≤ 0, ≤ 4, ≤ 10 and beyond. */
export function groupSlack(slackDays: number): number {
  if (slackDays <= 0) return 0
  if (slackDays <= 4) return 2
  return slackDays <= 10 ? 7 : 15
}

/** Merges benefits that nothing tells apart into kinds, and rows into supplies; nothing is lost by it. */
export function mergeWork(snapshot: PlanSnapshot, nation: Nation, book: Rulebook): WorkClasses {
  const baseWeights = new Map(snapshot.benefits?.map(({ id, weight }) => [id, weight]))
  const classes: WorkClasses = { kinds: [], delays: [], supplies: [] }
  const findKind = makeKindFinder(classes.kinds, nation, book)
  const delayIndex = new Map<string, number>()
  const supplyIndex = new Map<string, Supply>()
  for (const row of snapshot.work) {
    if (row.minutes === 0) continue
    const office = nation.officeIndex.get(row.office) ?? -1
    const kind = findKind(row)
    const weight = (baseWeights.get(row.benefit) ?? 1) * findFactor(book, office, row.benefit)
    const slack = groupSlack(row.slackDays)
    const delay = intern(delayIndex, `${slack}|${weight}`, classes.delays, { slack, weight })
    const mayLeave = (row.movable ?? true) && (book.exportBlocks[office]?.length ?? 0) === 0
    const key = `${office}|${kind}|${delay}|${mayLeave}`
    let supply = supplyIndex.get(key)
    if (supply === undefined) {
      supply = { office, kind, delay, minutes: 0, mayLeave, rows: [] }
      supplyIndex.set(key, supply)
      classes.supplies.push(supply)
    }
    supply.minutes += row.minutes
    supply.rows.push(row)
  }
  for (const supply of classes.supplies) supply.rows.sort(compareRows)
  return classes
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
  work: Pick<PlanWork, 'benefit' | 'language' | 'protected'>,
): boolean {
  return pool.benefits.has(work.benefit) && pool.languages.has(work.language) && (pool.cleared || !work.protected)
}

function makeKindFinder(kinds: Kind[], nation: Nation, book: Rulebook): (row: PlanWork) => number {
  const accepts = book.active.flatMap(({ rule }) => (rule.kind === 'accept' ? [new Set(rule.benefits)] : []))
  const byWords = new Map<string, number>()
  const bySignature = new Map<string, number>()
  return (row) => {
    const words = JSON.stringify([row.benefit, row.language, row.protected ?? false])
    const known = byWords.get(words)
    if (known !== undefined) return known
    const pools = nation.pools.flatMap((pool, index) => (canDo(pool, row) ? [index] : []))
    const signature = `${pools.join(',')}|${accepts.map((set) => (set.has(row.benefit) ? 1 : 0)).join('')}`
    const poolsAt = new Map<number, number[]>()
    for (const pool of pools) {
      const office = nation.pools[pool]?.office ?? -1
      poolsAt.set(office, [...(poolsAt.get(office) ?? []), pool])
    }
    const kind = intern(bySignature, signature, kinds, { name: words, benefit: row.benefit, pools, poolsAt })
    const merged = kinds[kind]
    if (merged !== undefined && words < merged.name) merged.name = words
    byWords.set(words, kind)
    return kind
  }
}

/** The strictest of the matching weight rules: the greatest factor. */
function findFactor(book: Rulebook, office: number, benefit: string): number {
  const factors = (book.weights[office] ?? []).flatMap((rule) => (rule.benefit === benefit ? [rule.factor] : []))
  return factors.length === 0 ? 1 : Math.max(...factors)
}

function intern<T>(index: Map<string, number>, key: string, list: T[], value: T): number {
  const found = index.get(key)
  if (found !== undefined) return found
  list.push(value)
  index.set(key, list.length - 1)
  return list.length - 1
}
