import type { Plan, PlanFlow, PlanSnapshot } from '@tasain/contracts'
import { bindsWay } from '../rules/obey.ts'
import { countsAt, nameVersion, type Place, type Version } from '../rules/rule.ts'

/** Minutes the planner sent from one office to another since midnight in Helsinki and since the first of the month. */
export type Sent = { from: string; to: string; today: number; month: number }

/** What shares are shares of: minutes a working day, and open minutes when the day began, by office. */
export type LimitBases = {
  places: readonly Place[]
  rate: ReadonlyMap<string, number>
  open: ReadonlyMap<string, number>
}

/** A rule's limit at one office (a share) or over the ways between two places (a quota), in minutes. */
export type Limit = {
  rule: string
  office?: string
  most: number
  used: number
  binds: (from: string, to: string) => boolean
}

export function isLimit({ value: { kind } }: Version): boolean {
  return kind === 'shareOut' || kind === 'shareIn' || kind === 'quota'
}

/** Every limit in force today, with what has been spent of it by whichever version of whichever rule. */
export function listLimits(inForce: readonly Version[], bases: LimitBases, sent: readonly Sent[]): Limit[] {
  const byId = new Map(bases.places.map((place) => [place.id, place]))
  return inForce.flatMap((version): Limit[] => {
    const { value } = version
    const rule = nameVersion(version)
    if (value.kind === 'quota') {
      const binds = (from: string, to: string) => {
        const [giver, taker] = [byId.get(from), byId.get(to)]
        return giver !== undefined && taker !== undefined && bindsWay(version, giver, taker, inForce)
      }
      return [{ rule, most: value.minutesPerMonth, used: sumSent(sent, 'month', binds), binds }]
    }
    if (value.kind !== 'shareOut' && value.kind !== 'shareIn') return []
    const { kind, max } = value
    const base = kind === 'shareOut' ? bases.open : bases.rate
    const bound = bases.places.filter((place) => countsAt(version, place, inForce))
    return bound.map(({ id }) => {
      const binds = kind === 'shareOut' ? (from: string) => from === id : (_from: string, to: string) => to === id
      // A share such as 0.07 of 300 is 21 minutes to people, whatever binary fractions make of it.
      const most = Math.floor(max * (base.get(id) ?? 0) + 1e-6)
      return { rule, office: id, most, used: sumSent(sent, 'today', binds), binds }
    })
  })
}

function sumSent(sent: readonly Sent[], since: 'today' | 'month', binds: Limit['binds']): number {
  return sent.reduce((sum, one) => (binds(one.from, one.to) ? sum + one[since] : sum), 0)
}

/** The limits after some more was sent. */
export function addSent(
  limits: readonly Limit[],
  sent: readonly { from: string; to: string; minutes: number }[],
): Limit[] {
  return limits.map((limit) => {
    const more = sent.reduce((sum, { from, to, minutes }) => (limit.binds(from, to) ? sum + minutes : sum), 0)
    return { ...limit, used: limit.used + more }
  })
}

/** What is spent, as the planner is told it; what is untouched is left out. */
export function listUsed(limits: readonly Limit[]): NonNullable<PlanSnapshot['used']> {
  const spent = limits.filter(({ used }) => used > 0)
  return spent.map(({ rule, office, used }) => ({ rule, ...(office !== undefined && { office }), minutes: used }))
}

/**
 * Spends the limits sending by sending, apart from the planner, so that a fault there does not become a move. The last
 * task goes when at least half of it is within the limit. @returns the name of a rule whose limit is used up.
 */
export function makeSpender(
  limits: readonly Limit[],
): (from: string, to: string, minutes: number) => string | undefined {
  const left = limits.map(({ most, used }) => most - used)
  const known = new Map<string, number[]>()
  const listBinding = (from: string, to: string) => {
    const way = `${from} ${to}`
    const found = known.get(way) ?? limits.flatMap(({ binds }, index) => (binds(from, to) ? [index] : []))
    known.set(way, found)
    return found
  }
  return (from, to, minutes) => {
    const binding = listBinding(from, to)
    const spent = binding.find((index) => (left[index] ?? 0) * 2 < minutes)
    if (spent !== undefined) return limits[spent]?.rule
    for (const index of binding) left[index] = (left[index] ?? 0) - minutes
    return undefined
  }
}

/**
 * Minutes of ordered work that a plan leaves unplaced, by rule, as they may be told: only work that everybody may count
 * fulfils an order here, or what restricted work was sent could be found by subtraction. `sent`: without restricted work.
 */
export function listToldUnmet(
  inForce: readonly Version[],
  bases: LimitBases,
  flows: readonly PlanFlow[],
  sent: readonly Sent[],
): Plan['unmet'] {
  const orders = new Map(
    inForce.flatMap((version) => {
      const { value } = version
      return value.kind === 'quota' && value.minMinutes ? [[nameVersion(version), value.minMinutes] as const] : []
    }),
  )
  const told = flows.filter((flow) => !flow.protected)
  return listLimits(inForce, bases, sent).flatMap(({ rule, used, binds }) => {
    const placed = told.reduce((sum, { from, to, minutes }) => (binds(from, to) ? sum + minutes : sum), 0)
    const minutes = (orders.get(rule) ?? 0) - used - placed
    return minutes > 0 ? [{ rule, minutes }] : []
  })
}
