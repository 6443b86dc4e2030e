import type { PlanAlternative, PlanReasons, PlanRule, PlanWork } from '@tasain/contracts'
import { toTaskPrice } from '../nation/costs.ts'
import { countQueueDays, type Nation } from '../nation/nation.ts'
import { type Block, isIn, listBlocks, type Rulebook } from '../nation/rules.ts'
import type { RowFlow } from '../solve/flows.ts'
import type { Model, Problem } from '../solve/model.ts'
import { findPrices, type Prices } from '../solve/pricing.ts'
import { findHandsBlock } from './blocks.ts'

/** Open minutes of each office after the plan. */
function countOpenAfter({ nation }: Problem, flows: readonly RowFlow[]): Float64Array {
  const after = Float64Array.from(nation.open)
  for (const { row, to, minutes } of flows) {
    if (to < 0) continue
    const from = nation.officeIndex.get(row.office) ?? -1
    after[from] = (after[from] ?? 0) - minutes
    after[to] = (after[to] ?? 0) + minutes
  }
  return after
}

/** A solved network to take reasons from: potentials as prices, limits used up by way, open minutes after the plan. */
export type Evidence = {
  problem: Problem
  model: Model
  prices: Prices
  full: ReadonlyMap<number, Block[]>
  openAfter: Float64Array
  /** Alternatives by supply × offices + receiver: the rows of a supply share them. */
  known: Map<number, PlanAlternative[]>
}

export function gatherEvidence(
  problem: Problem,
  model: Model,
  flows: readonly RowFlow[],
  full: ReadonlyMap<number, Block[]>,
): Evidence {
  const prices = findPrices(problem, model, true)
  return { problem, model, prices, full, openAfter: countOpenAfter(problem, flows), known: new Map() }
}

/** Why the minutes go. */
export function writeReasons(evidence: Evidence, flow: RowFlow): PlanReasons {
  const { problem, model, prices, openAfter, known } = evidence
  const { nation, book, classes } = problem
  const supply = classes.supplies[flow.supply]
  const from = supply?.office ?? 0
  const at = ((supply?.kind ?? 0) * classes.delays.length + (supply?.delay ?? 0)) * nation.offices.length
  const here = prices.price[at + from] ?? Number.POSITIVE_INFINITY
  const there = priceAt(problem, model, prices, at, from, flow.to)
  const key = flow.supply * nation.offices.length + flow.to
  const alternatives = known.get(key) ?? listAlternatives(evidence, at, from, flow, there)
  known.set(key, alternatives)
  const days = (open: Float64Array, office: number) => countQueueDays(open[office] ?? 0, nation.rate[office] ?? 0)
  return {
    rules: listSteeringRules(book, nation, from, flow.to, flow.row.benefit),
    fromDaysBefore: days(nation.open, from),
    fromDaysAfter: days(openAfter, from),
    toDaysBefore: days(nation.open, flow.to),
    toDaysAfter: days(openAfter, flow.to),
    saving: Number.isFinite(here) ? toTaskPrice(Math.max(0, here / model.scale - there), nation) : null,
    alternatives,
  }
}

/** Unit price of sending from one office to another and of what follows there. */
function priceAt(
  { nation, units }: Problem,
  { scale }: Model,
  { price }: Prices,
  at: number,
  from: number,
  to: number,
): number {
  return (units.move[from * nation.offices.length + to] ?? 0) + (price[at + to] ?? Number.POSITIVE_INFINITY) / scale
}

/** The two cheapest other offices were there no rules, with what speaks against each. */
function listAlternatives(
  { problem, model, prices, full }: Evidence,
  at: number,
  from: number,
  flow: RowFlow,
  chosen: number,
): PlanAlternative[] {
  const { nation, book, units } = problem
  const n = nation.offices.length
  const others = nation.offices.flatMap((_, office) =>
    office === from || office === flow.to
      ? []
      : [
          {
            office,
            price: priceAt(problem, model, prices, at, from, office),
            move: units.move[from * n + office] ?? 0,
          },
        ],
  )
  const best: typeof others = []
  for (const one of others) insertCheapest(best, one)
  return best.map(({ office, price }) => {
    const name = nation.offices[office]?.id ?? ''
    const hands = findHandsBlock(nation, office, flow.row)
    if (hands !== undefined) return { office: name, why: hands }
    const spent = price <= chosen ? full.get(from * n + office) : undefined
    const block = listBlocks(book, nation, from, office, flow.row.benefit)[0] ?? spent?.[0]
    if (block !== undefined) return { office: name, why: block.code, rule: block.rule }
    return { office: name, why: 'dearer', minutes: toTaskPrice(Math.max(0, price - chosen), nation) }
  })
}

type Priced = { office: number; price: number; move: number }

function insertCheapest(best: Priced[], one: Priced): void {
  const isCheaper = (a: Priced, b: Priced): boolean => a.price < b.price || (a.price === b.price && a.move < b.move)
  const second = best[1]
  if (second !== undefined && !isCheaper(one, second)) return
  best.push(one)
  best.sort((a, b) => (isCheaper(a, b) ? -1 : isCheaper(b, a) ? 1 : a.office - b.office))
  if (best.length > 2) best.pop()
}

/** Ids of the rules in force that had a say in this move: passed thresholds, reaches, limits, exceptions, weights. */
function listSteeringRules(book: Rulebook, nation: Nation, from: number, to: number, benefit: string): string[] {
  return book.active.flatMap(({ rule, holds }) =>
    steers(rule, holds[from] === 1, holds[to] === 1, nation, from, to, benefit) ? [rule.id] : [],
  )
}

function steers(
  rule: PlanRule,
  atFrom: boolean,
  atTo: boolean,
  nation: Nation,
  from: number,
  to: number,
  benefit: PlanWork['benefit'],
): boolean {
  switch (rule.kind) {
    case 'export':
    case 'shareOut':
      return atFrom
    case 'import':
    case 'shareIn':
    case 'accept':
      return atTo
    case 'threshold':
      return (atFrom && rule.exportAboveDays !== undefined) || (atTo && rule.importBelowDays !== undefined)
    case 'reach':
      return atFrom || atTo
    case 'quota':
      return atFrom && atTo && isIn(nation, from, rule.giver) && isIn(nation, to, rule.receiver)
    case 'weight':
      return atFrom && rule.benefit === benefit
    case 'blackout':
      return false
  }
}
