import type { PlanComing, PlanPool, PlanRule, PlanRuleKind, PlanScope, PlanSnapshot, PlanWork } from '@tasain/contracts'

/** A repeatable source of numbers in [0, 1). */
export type Dice = () => number

/** Mulberry32: small, public domain, the same on every machine. */
export function makeDice(seed: number): Dice {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export type NationSize = {
  offices: number
  benefits: number
  poolsPerOffice: number
  rowsPerOffice: number
  rules: number
}

/** Kinds of rule that only take arcs away or weigh; the optimum under them is a pure network flow. */
export const FREE_KINDS: readonly PlanRuleKind[] = [
  'export',
  'import',
  'accept',
  'reach',
  'threshold',
  'blackout',
  'weight',
]
export const LIMIT_KINDS: readonly PlanRuleKind[] = ['shareOut', 'shareIn', 'quota']

/** A random nation with uneven load, pinned and protected work, languages, closures and rules of the kinds given. */
export function makeNation(seed: number, size: NationSize, kinds: readonly PlanRuleKind[] = FREE_KINDS): PlanSnapshot {
  const dice = makeDice(seed)
  const benefits = Array.from({ length: size.benefits }, (_, i) => `B${i}`)
  const offices = Array.from({ length: size.offices }, (_, i) => {
    const district = Math.floor((i * Math.max(2, size.offices / 2)) / size.offices)
    return {
      id: `o${i}`,
      district: `d${district}`,
      region: `r${district % 3}`,
      lat: 60 + dice() * 9,
      lon: 21 + dice() * 9,
    }
  })
  const pools = offices.flatMap(({ id }) => makePools(dice, id, benefits, size.poolsPerOffice))
  const work = offices.flatMap(({ id }) => makeWork(dice, id, benefits, size.rowsPerOffice))
  const snapshot: PlanSnapshot = { version: 1, at: '2026-11-20', offices, pools, work, rules: [] }
  for (let i = 0; i < size.rules; i++)
    snapshot.rules.push(makeRule(dice, snapshot, `rule${i}`, pick(dice, kinds), benefits))
  if (dice() < 0.5) snapshot.benefits = benefits.map((id) => ({ id, weight: pick(dice, [1, 1, 2, 0.5]) }))
  if (dice() < 0.5)
    snapshot.coming = offices.flatMap(({ id }) => makeComing(dice, id, benefits, size.rowsPerOffice / 2))
  return snapshot
}

function makePools(dice: Dice, office: string, benefits: readonly string[], count: number): PlanPool[] {
  return Array.from({ length: 1 + Math.floor(dice() * count) }, () => {
    const minutesPerDay = dice() < 0.1 ? 0 : 100 + Math.floor(dice() * 400)
    const pool: PlanPool = {
      office,
      benefits: benefits.filter(() => dice() < 0.6),
      languages: dice() < 0.3 ? ['fi', 'sv'] : ['fi'],
      cleared: dice() < 0.3,
      minutesPerDay,
    }
    if (dice() < 0.3)
      pool.minutesByDay = Array.from({ length: 1 + Math.floor(dice() * 12) }, () => (dice() < 0.3 ? 0 : minutesPerDay))
    return pool
  })
}

function makeWork(dice: Dice, office: string, benefits: readonly string[], count: number): PlanWork[] {
  const busy = dice() < 0.35 ? 6 : 1
  return Array.from({ length: 1 + Math.floor(dice() * count) }, () => {
    const tasks = 1 + Math.floor(dice() * 20 * busy)
    return {
      office,
      benefit: pick(dice, benefits),
      language: dice() < 0.2 ? 'sv' : 'fi',
      slackDays: Math.floor(dice() * 26) - 5,
      minutes: tasks * (20 + Math.floor(dice() * 25)),
      tasks,
      movable: dice() < 0.9,
      protected: dice() < 0.05,
    }
  })
}

function makeComing(dice: Dice, office: string, benefits: readonly string[], count: number): PlanComing[] {
  return Array.from({ length: Math.floor(dice() * count) }, () => {
    const inDays = 1 + Math.floor(dice() * 13)
    return {
      office,
      benefit: pick(dice, benefits),
      language: dice() < 0.2 ? 'sv' : 'fi',
      protected: dice() < 0.05,
      inDays,
      slackDays: inDays + Math.floor(dice() * 20),
      minutes: 100 + Math.floor(dice() * 900),
    }
  })
}

function makeRule(dice: Dice, at: PlanSnapshot, id: string, kind: PlanRuleKind, benefits: readonly string[]): PlanRule {
  const base = { id, ...makeScope(dice, at), ...makeDates(dice), ...makeLifts(dice, at) }
  const place = (): string => pick(dice, at.offices)[pick(dice, ['id', 'district', 'region'] as const)]
  switch (kind) {
    case 'export':
    case 'import':
      return { ...base, kind, allow: dice() < 0.3 }
    case 'accept':
      return { ...base, kind, benefits: benefits.filter(() => dice() < 0.5) }
    case 'reach':
      return { ...base, kind, within: pick(dice, ['district', 'region', 'nation'] as const) }
    case 'threshold':
      return { ...base, kind, exportAboveDays: Math.floor(dice() * 12), importBelowDays: Math.floor(dice() * 30) }
    case 'shareOut':
    case 'shareIn':
      return { ...base, kind, max: Math.round(dice() * 20) / 100 }
    case 'quota': {
      const minutesPerMonth = Math.floor(dice() * 4000)
      const quota = { ...base, kind, giver: place(), receiver: place(), minutesPerMonth }
      return dice() < 0.4 ? { ...quota, minMinutes: Math.floor(minutesPerMonth * dice() * 0.5) } : quota
    }
    case 'blackout':
      return { ...base, kind }
    case 'weight':
      return { ...base, kind, benefit: pick(dice, benefits), factor: pick(dice, [0.5, 2, 3]) }
  }
}

function makeScope(dice: Dice, { offices }: PlanSnapshot): { scope?: PlanScope } {
  const office = pick(dice, offices)
  const roll = dice()
  if (roll < 0.1) return {}
  if (roll < 0.6) return { scope: { office: office.id } }
  return { scope: roll < 0.85 ? { district: office.district } : { region: office.region } }
}

function makeDates(dice: Dice): { from?: string; to?: string } {
  const roll = dice()
  if (roll < 0.1) return { from: '2026-11-21' }
  if (roll < 0.2) return { to: '2026-11-19' }
  return roll < 0.4 ? { from: '2026-11-20', to: '2026-11-20' } : {}
}

function makeLifts(dice: Dice, { rules }: PlanSnapshot): { lifts?: string[] } {
  return rules.length > 0 && dice() < 0.25 ? { lifts: [pick(dice, rules).id] } : {}
}

export function pick<T>(dice: Dice, list: readonly T[]): T {
  const one = list[Math.floor(dice() * list.length)]
  if (one === undefined) throw new RangeError('nothing to pick from')
  return one
}
