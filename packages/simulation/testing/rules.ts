import { PLAN_RULE_KINDS, type PlanRule, type PlanRuleKind } from '@tasain/contracts'
import { makeRandom, type Random } from '../src/world/random.ts'
import type { World } from '../src/world/world.ts'

/** So many rules of any kind at random places and days of the world, some of them exceptions to those before. */
export function makeRules(world: World, count: number, seed: number): PlanRule[] {
  const random = makeRandom('rules', seed)
  const rules: PlanRule[] = []
  for (let i = 0; i < count; i += 1) rules.push(makeRule(world, rules, random))
  return rules
}

function makeRule(world: World, before: readonly PlanRule[], random: Random): PlanRule {
  const place = (): string => pick(random, [pick(random, world.offices).id, pick(random, world.offices).district])
  const office = pick(random, world.offices)
  const scopes = [{ office: office.id }, { district: office.district }, { region: office.region }, undefined]
  const scope = scopes[Math.floor(random() * scopes.length)]
  const from = random() < 0.5 ? undefined : world.calendar.dates[3]
  const to = random() < 0.5 ? undefined : world.calendar.dates[12]
  const lifted = random() < 0.25 ? before.at(Math.floor(random() * before.length)) : undefined
  const base = {
    id: `rule ${before.length}`,
    ...(scope === undefined ? {} : { scope }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(lifted === undefined ? {} : { lifts: [lifted.id] }),
  }
  const benefit = pick(random, world.benefits).id
  const minutesPerMonth = Math.floor(random() * 3000)
  const made: { [kind in PlanRuleKind]: PlanRule } = {
    export: { ...base, kind: 'export', allow: random() < 0.3 },
    import: { ...base, kind: 'import', allow: random() < 0.3 },
    accept: { ...base, kind: 'accept', benefits: [benefit] },
    reach: { ...base, kind: 'reach', within: pick(random, ['district', 'region', 'nation']) },
    threshold: {
      ...base,
      kind: 'threshold',
      exportAboveDays: pick(random, [1, 3]),
      importBelowDays: pick(random, [4, 9]),
    },
    shareOut: { ...base, kind: 'shareOut', max: Math.round(random() * 20) / 100 },
    shareIn: { ...base, kind: 'shareIn', max: Math.round(random() * 40) / 100 },
    quota: { ...base, kind: 'quota', giver: place(), receiver: place(), minutesPerMonth },
    blackout: { ...base, kind: 'blackout' },
    weight: { ...base, kind: 'weight', benefit, factor: 3 },
  }
  return made[pick(random, PLAN_RULE_KINDS)]
}

function pick<T>(random: Random, list: readonly T[]): T {
  const one = list[Math.floor(random() * list.length)]
  if (one === undefined) throw new RangeError('nothing to pick from')
  return one
}
