// The rules by their wording alone, for the judge. Shares no code with the planner on purpose.
import type { PlanOffice, PlanRule } from '@tasain/contracts'
import type { World } from '../world/world.ts'
import { nameKind, type State } from './state.ts'
import { listKnownMinutes, type Used } from './view.ts'

/** What the rules go by this morning. Minutes are mean effort, whole; `spent`: by rule, and by office for shares. */
export type Court = {
  world: World
  day: number
  today: string
  open: Float64Array
  rate: Float64Array
  holds: ReadonlyMap<PlanRule, Uint8Array>
  /** By kind: 1 where somebody can do it on one of the days known, today among them; filled when asked. */
  able: Map<number, Uint8Array>
  /** Minutes sent since midnight (shares, `office|rule`) or in the month (quotas, `|rule`). */
  spent: Map<string, number>
}

export type Kind = { benefit: number; language: number; isGuarded: boolean }
export type Way = Kind & { from: number; to: number }

/** Opens the day: which rules hold where, and each office's queue. What shares have spent begins anew. */
export function openCourt(world: World, state: State, before: Court | undefined): Court {
  const today = world.calendar.dates[state.day] ?? ''
  const open = new Float64Array(world.offices.length)
  for (const task of state.open) {
    const at = state.office[task] ?? 0
    open[at] = (open[at] ?? 0) + (world.benefits[world.tasks.benefit[task] ?? 0]?.minutes ?? 0)
  }
  const rate = new Float64Array(world.offices.length)
  for (const pool of world.pools)
    rate[pool.office] = (rate[pool.office] ?? 0) + Math.round(pool.minutes[state.day] ?? 0)
  const holds = new Map(
    world.rules.map((rule) => [rule, Uint8Array.from(world.offices, (at) => Number(isHeldAt(world, rule, at, today)))]),
  )
  return { world, day: state.day, today, open, rate, holds, able: new Map(), spent: carrySpent(world, before, today) }
}

/** Quotas keep what the month has spent; shares begin at nought, but on the first day what is known to be spent stands. */
function carrySpent(world: World, before: Court | undefined, today: string): Map<string, number> {
  if (before !== undefined) {
    const sameMonth = before.today.slice(0, 7) === today.slice(0, 7)
    return new Map([...before.spent].filter(([key]) => sameMonth && key.startsWith('|')))
  }
  const used = world.used ?? []
  return new Map(
    used.map(({ rule, office, minutes }) => [
      `${office === undefined ? '' : world.offices.findIndex(({ id }) => id === office)}|${rule}`,
      minutes,
    ]),
  )
}

function isHeldAt(world: World, rule: PlanRule, office: PlanOffice, today: string): boolean {
  if ((rule.from ?? today) > today || (rule.to ?? today) < today) return false
  const scope: Record<string, string> = rule.kind === 'quota' ? {} : { ...rule.scope }
  const place: Record<string, string> = { office: office.id, district: office.district, region: office.region }
  if (Object.entries(scope).some(([kind, id]) => place[kind] !== id)) return false
  return !world.rules.some((other) => other.lifts?.includes(rule.id) && isHeldAt(world, other, office, today))
}

/** The first thing that forbids sending such work that way: a rule's id or the hands that lack; undefined = it may go. */
export function findBreach(court: Court, way: Way): string | undefined {
  const from = court.world.offices[way.from]
  const to = court.world.offices[way.to]
  if (from === undefined || to === undefined || from === to) return 'no such way'
  for (const [rule, holds] of court.holds) {
    const [gives, takes] = [holds[way.from] === 1, holds[way.to] === 1]
    if ((gives || takes) && forbids(court, rule, gives, takes, way)) return rule.id
  }
  return hasHands(court, way, way.to) ? undefined : 'no hands'
}

/** Whether somebody able and allowed to do such work is at an office on one of the days known. */
export function hasHands(court: Court, { benefit, language, isGuarded }: Kind, office: number): boolean {
  const key = nameKind(court.world, benefit, language, Number(isGuarded))
  const known = court.able.get(key) ?? findAble(court, { benefit, language, isGuarded })
  court.able.set(key, known)
  return known[office] === 1
}

function findAble({ world, day }: Court, { benefit, language, isGuarded }: Kind): Uint8Array {
  const able = new Uint8Array(world.offices.length)
  for (const pool of world.pools) {
    const isSkilled = pool.benefits.includes(benefit) && pool.languages.includes(language)
    if (!isSkilled || (isGuarded && !pool.cleared)) continue
    const known = [pool.minutes[day] ?? 0, ...listKnownMinutes(world.closures, pool, day)]
    if (known.some((minutes) => minutes >= 0.5)) able[pool.office] = 1
  }
  return able
}

function forbids(court: Court, rule: PlanRule, gives: boolean, takes: boolean, way: Way): boolean {
  const [from, to] = [court.world.offices[way.from], court.world.offices[way.to]]
  switch (rule.kind) {
    case 'blackout':
      return true
    case 'export':
      return gives && !rule.allow
    case 'import':
      return takes && !rule.allow
    case 'accept':
      return takes && !rule.benefits.includes(court.world.benefits[way.benefit]?.id ?? '')
    case 'reach':
      if (rule.within === 'nation') return false
      return rule.within === 'region' ? from?.region !== to?.region : from?.district !== to?.district
    case 'threshold': {
      const { exportAboveDays: above, importBelowDays: below } = rule
      if (gives && above !== undefined && !(countDays(court, way.from) > above)) return true
      return takes && below !== undefined && !(countDays(court, way.to) < below)
    }
    case 'weight':
    case 'shareOut':
    case 'shareIn':
    case 'quota':
      return false
  }
}

/** Queue days of a whole office, endless without hands. */
export function countDays({ open, rate }: Pick<Court, 'open' | 'rate'>, office: number): number {
  const hands = rate[office] ?? 0
  return hands > 0 ? (open[office] ?? 0) / hands : Number.POSITIVE_INFINITY
}

/** The limits a way comes under: the key it is counted by, and how many minutes are left today or this month. */
export function listLimits(court: Court, { from, to }: Way): { key: string; left: number }[] {
  const limits: { key: string; left: number }[] = []
  const add = (key: string, most: number) => limits.push({ key, left: most - (court.spent.get(key) ?? 0) })
  for (const [rule, holds] of court.holds) {
    if (rule.kind === 'shareOut' && holds[from] === 1)
      add(`${from}|${rule.id}`, Math.floor(rule.max * (court.open[from] ?? 0) + 1e-6))
    if (rule.kind === 'shareIn' && holds[to] === 1)
      add(`${to}|${rule.id}`, Math.floor(rule.max * (court.rate[to] ?? 0) + 1e-6))
    if (rule.kind !== 'quota' || holds[from] !== 1 || holds[to] !== 1) continue
    if (isIn(court, from, rule.giver) && isIn(court, to, rule.receiver)) add(`|${rule.id}`, rule.minutesPerMonth)
  }
  return limits
}

function isIn({ world }: Court, office: number, place: string): boolean {
  const at = world.offices[office]
  return at !== undefined && [at.id, at.district, at.region].includes(place)
}

/** What limits have spent so far, for the snapshot. */
export function listUsed({ world, spent }: Court): Used[] {
  return [...spent].map(([key, minutes]) => {
    const bar = key.indexOf('|')
    const office = bar > 0 ? world.offices[Number(key.slice(0, bar))]?.id : undefined
    return { rule: key.slice(bar + 1), minutes, ...(office === undefined ? {} : { office }) }
  })
}
