import type { PlanBlock, PlanRule, PlanScope, PlanSnapshot } from '@tasain/contracts'
import type { Nation } from './nation.ts'

/** A rule in force today and the offices where it holds: inside its scope and not lifted there. */
export type ActiveRule = { rule: PlanRule; holds: Uint8Array }

/** Why an arc is absent. */
export type Block = { code: PlanBlock; rule: string }

/** Reach of an office: how far its work may come and go. */
const REACH = { nation: 0, region: 1, district: 2 } as const

export type Rulebook = {
  active: ActiveRule[]
  /** By office: what keeps everything from leaving, from coming in. */
  exportBlocks: Block[][]
  importBlocks: Block[][]
  /** By office: accept rules that hold there. */
  accepts: { rule: string; benefits: ReadonlySet<string> }[][]
  /** By office: borders that hold there, 1 = its region, 2 = its district. */
  reaches: { rule: string; within: number }[][]
  /** Ways (from × offices + to) closed because a limit is spent. */
  spent: Map<number, Block[]>
  /** By office: weight rules that hold there. */
  weights: { rule: string; benefit: string; factor: number }[][]
}

/** The rules in force on the snapshot's day, laid out by office. */
export function buildRulebook(snapshot: PlanSnapshot, nation: Nation): Rulebook {
  const active = listActive(snapshot, nation)
  const book: Rulebook = {
    active,
    exportBlocks: nation.offices.map(() => []),
    importBlocks: nation.offices.map(() => []),
    accepts: nation.offices.map(() => []),
    reaches: nation.offices.map(() => []),
    spent: new Map(),
    weights: nation.offices.map(() => []),
  }
  for (const { rule, holds } of active)
    for (let office = 0; office < holds.length; office++) if (holds[office] === 1) applyRule(book, rule, office, nation)
  return book
}

function applyRule(book: Rulebook, rule: PlanRule, office: number, nation: Nation): void {
  const block = (code: PlanBlock): Block => ({ code, rule: rule.id })
  switch (rule.kind) {
    case 'export':
      if (!rule.allow) book.exportBlocks[office]?.push(block('export'))
      return
    case 'import':
      if (!rule.allow) book.importBlocks[office]?.push(block('import'))
      return
    case 'blackout':
      book.exportBlocks[office]?.push(block('blackout'))
      book.importBlocks[office]?.push(block('blackout'))
      return
    case 'threshold': {
      const open = nation.open[office] ?? 0
      const rate = nation.rate[office] ?? 0
      const { exportAboveDays: above, importBelowDays: below } = rule
      if (above !== undefined && rate > 0 && open <= above * rate) book.exportBlocks[office]?.push(block('threshold'))
      if (below !== undefined && (rate === 0 || open >= below * rate))
        book.importBlocks[office]?.push(block('threshold'))
      return
    }
    case 'accept':
      book.accepts[office]?.push({ rule: rule.id, benefits: new Set(rule.benefits) })
      return
    case 'reach':
      if (REACH[rule.within] > 0) book.reaches[office]?.push({ rule: rule.id, within: REACH[rule.within] })
      return
    case 'weight':
      book.weights[office]?.push({ rule: rule.id, benefit: rule.benefit, factor: rule.factor })
      return
    case 'shareOut':
    case 'shareIn':
    case 'quota':
      return
  }
}

/** Says what keeps a benefit's work of one office from another, skills apart; empty = the arc may stand. */
export function listBlocks(book: Rulebook, nation: Nation, from: number, to: number, benefit: string): Block[] {
  const blocks = [...(book.exportBlocks[from] ?? []), ...(book.importBlocks[to] ?? [])]
  for (const end of [from, to])
    for (const { rule, within } of book.reaches[end] ?? [])
      if (crossesBorder(nation, from, to, within)) blocks.push({ code: 'reach', rule })
  for (const { rule, benefits } of book.accepts[to] ?? [])
    if (!benefits.has(benefit)) blocks.push({ code: 'accept', rule })
  return [...blocks, ...(book.spent.get(from * nation.offices.length + to) ?? [])]
}

/** True when no rule of the two offices by themselves forbids the way; benefits are another matter. */
export function isPairOpen(book: Rulebook, nation: Nation, from: number, to: number): boolean {
  if ((book.exportBlocks[from]?.length ?? 0) > 0 || (book.importBlocks[to]?.length ?? 0) > 0) return false
  const barred = (end: number) =>
    book.reaches[end]?.some(({ within }) => crossesBorder(nation, from, to, within)) ?? false
  return !barred(from) && !barred(to) && !book.spent.has(from * nation.offices.length + to)
}

/** True when the office is, or lies in, the office, district or region of that id. */
export function isIn(nation: Nation, office: number, place: string): boolean {
  const at = nation.offices[office]
  return at !== undefined && (at.id === place || at.district === place || at.region === place)
}

function crossesBorder(nation: Nation, from: number, to: number, within: number): boolean {
  const a = nation.offices[from]
  const b = nation.offices[to]
  return within === REACH.district ? a?.district !== b?.district : a?.region !== b?.region
}

/** A rule that is itself set aside at an office lifts nothing there; snapshots with circles are refused beforehand. */
function listActive(snapshot: PlanSnapshot, nation: Nation): ActiveRule[] {
  const today = snapshot.rules.filter((rule) => isInForce(rule, snapshot.at))
  const lifters = new Map<string, PlanRule[]>()
  for (const rule of today) for (const id of rule.lifts ?? []) lifters.set(id, [...(lifters.get(id) ?? []), rule])
  const known = new Map<string, Uint8Array>()
  const findHolds = (rule: PlanRule): Uint8Array => {
    const found = known.get(rule.id)
    if (found !== undefined) return found
    const over = (lifters.get(rule.id) ?? []).map(findHolds)
    // A quota names its own two ends; a scope beside them says nothing more.
    const scope = rule.kind === 'quota' ? undefined : rule.scope
    const holds = Uint8Array.from(nation.offices, (_, i) =>
      isInScope(scope, nation, i) && over.every((lifter) => lifter[i] === 0) ? 1 : 0,
    )
    known.set(rule.id, holds)
    return holds
  }
  return today.map((rule) => ({ rule, holds: findHolds(rule) }))
}

function isInForce(rule: PlanRule, at: string): boolean {
  return (rule.from === undefined || rule.from <= at) && (rule.to === undefined || at <= rule.to)
}

function isInScope(scope: PlanScope | undefined, nation: Nation, index: number): boolean {
  const office = nation.offices[index]
  if (scope === undefined) return true
  if ('office' in scope) return office?.id === scope.office
  if ('district' in scope) return office?.district === scope.district
  return office?.region === scope.region
}
