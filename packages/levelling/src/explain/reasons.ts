import type { PlanAlternative, PlanReasons, PlanRule } from '@tasain/contracts'
import { isAble } from '../nation/classes.ts'
import { toTaskPrice } from '../nation/costs.ts'
import { countQueueDays, type Nation } from '../nation/nation.ts'
import { type Block, isIn, listBlocks } from '../nation/rules.ts'
import type { RowFlow } from '../solve/flows.ts'
import type { Problem } from '../solve/model.ts'
import type { Prices } from '../solve/pricing.ts'
import { findHandsBlock } from './blocks.ts'
import { countQueues, findClassDays, type Queues } from './queues.ts'

/** What a minute costs once it is there, by kind, delay and office, and what the prices are multiplied by. */
export type OfficePrices = Pick<Prices, 'price'> & { scale: number }

/** What a solved network leaves to take reasons from: prices, limits used up by way, queues before and after the plan. */
export type Evidence = {
  problem: Problem
  prices: OfficePrices
  full: ReadonlyMap<number, Block[]>
  queues: Queues
  /** What is known already: rules that steer a way, weights apart; cheapest offices by supply; reasons by supply and receiver. */
  steering: Map<number, string[]>
  cheapest: Map<number, number[]>
  known: Map<number, PlanReasons>
}

export function gatherEvidence(
  problem: Problem,
  prices: OfficePrices,
  flows: readonly RowFlow[],
  full: ReadonlyMap<number, Block[]>,
): Evidence {
  const queues = countQueues(problem, flows)
  return { problem, prices, full, queues, steering: new Map(), cheapest: new Map(), known: new Map() }
}

/** Why the minutes go. Rows of one supply going to one office share their reasons, but for a weight of the benefit's own. */
export function writeReasons(evidence: Evidence, flow: RowFlow): PlanReasons {
  const { problem, known } = evidence
  const { nation, book, classes } = problem
  const from = classes.supplies[flow.supply]?.office ?? 0
  const key = flow.supply * nation.offices.length + flow.to
  const reasons = known.get(key) ?? writeSupplyReasons(evidence, flow, from)
  known.set(key, reasons)
  const weights = book.weights[from]?.flatMap(({ rule, benefit }) => (benefit === flow.row.benefit ? [rule] : [])) ?? []
  return weights.length === 0 ? reasons : { ...reasons, rules: [...reasons.rules, ...weights] }
}

function writeSupplyReasons(evidence: Evidence, flow: RowFlow, from: number): PlanReasons {
  const { problem, prices, queues } = evidence
  const { nation, classes } = problem
  const supply = classes.supplies[flow.supply]
  const kind = supply?.kind ?? 0
  const at = (kind * classes.delays.length + (supply?.delay ?? 0)) * nation.offices.length
  const here = prices.price[at + from] ?? Number.POSITIVE_INFINITY
  const there = priceAt(problem, prices, at, from, flow.to)
  const days = (open: Float64Array, office: number) => countQueueDays(open[office] ?? 0, nation.rate[office] ?? 0)
  return {
    rules: findSteering(evidence, from, flow.to),
    fromDaysBefore: days(nation.toldOpen, from),
    fromDaysAfter: days(queues.openAfter, from),
    toDaysBefore: days(nation.toldOpen, flow.to),
    toDaysAfter: days(queues.openAfter, flow.to),
    ofClass: findClassDays(problem, queues, kind, from, flow.to),
    ...(nation.comingDays && {
      coming: { fromDays: nation.comingDays[from] ?? null, toDays: nation.comingDays[flow.to] ?? null },
    }),
    saving: Number.isFinite(here) ? toTaskPrice(Math.max(0, here / prices.scale - there), nation) : null,
    alternatives: listAlternatives(evidence, at, from, flow, there),
  }
}

/** Unit price of sending from one office to another and of what follows there. */
function priceAt(
  { nation, units }: Problem,
  { price, scale }: OfficePrices,
  at: number,
  from: number,
  to: number,
): number {
  return (units.move[from * nation.offices.length + to] ?? 0) + (price[at + to] ?? Number.POSITIVE_INFINITY) / scale
}

/** The two cheapest other offices were there no rules, with what speaks against each. */
function listAlternatives(
  evidence: Evidence,
  at: number,
  from: number,
  flow: RowFlow,
  chosen: number,
): PlanAlternative[] {
  const { problem, prices, full, cheapest } = evidence
  const { nation, book, classes } = problem
  const best = cheapest.get(flow.supply) ?? findCheapestOffices(problem, prices, at, from)
  cheapest.set(flow.supply, best)
  const others = best.filter((office) => office !== flow.to).slice(0, 2)
  return others.map((office): PlanAlternative => {
    const name = nation.offices[office]?.id ?? ''
    const able = isAble(classes.kinds[classes.supplies[flow.supply]?.kind ?? -1], office)
    const hands = able ? undefined : findHandsBlock(nation, office, flow.row)
    if (hands !== undefined) return { office: name, why: hands }
    const price = priceAt(problem, prices, at, from, office)
    const spent = price <= chosen ? full.get(from * nation.offices.length + office) : undefined
    const block = listBlocks(book, nation, from, office, flow.row.benefit)[0] ?? spent?.[0]
    if (block !== undefined) return { office: name, why: block.code, rule: block.rule }
    return { office: name, why: 'dearer', minutes: toTaskPrice(Math.max(0, price - chosen), nation) }
  })
}

/** The three cheapest offices for a supply but its own, the nearer first among equals. */
function findCheapestOffices(
  { nation, units }: Problem,
  { price, scale }: OfficePrices,
  at: number,
  from: number,
): number[] {
  const n = nation.offices.length
  const best: { office: number; price: number; move: number }[] = []
  for (let office = 0; office < n; office++) {
    const move = units.move[from * n + office] as number
    const all = move + (price[at + office] as number) / scale
    const third = best[2]
    if (office === from || (third !== undefined && (all > third.price || (all === third.price && move >= third.move))))
      continue
    let i = best.findIndex((one) => all < one.price || (all === one.price && move < one.move))
    if (i < 0) i = best.length
    best.splice(i, 0, { office, price: all, move })
    if (best.length > 3) best.pop()
  }
  return best.map(({ office }) => office)
}

/** Ids of the rules in force that had a say in moves this way: passed thresholds, reaches, limits, exceptions. */
function findSteering({ problem: { book, nation }, steering }: Evidence, from: number, to: number): string[] {
  const way = from * nation.offices.length + to
  const known = steering.get(way)
  if (known !== undefined) return known
  const rules = book.active.flatMap(({ rule, holds }) =>
    steers(rule, holds[from] === 1, holds[to] === 1, nation, from, to) ? [rule.id] : [],
  )
  steering.set(way, rules)
  return rules
}

function steers(rule: PlanRule, atFrom: boolean, atTo: boolean, nation: Nation, from: number, to: number): boolean {
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
    case 'blackout':
      return false
  }
}
