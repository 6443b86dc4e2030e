// Checks plans by the wording of the rules alone. Shares no code with the planner on purpose.
import type { Plan, PlanOffice, PlanRule, PlanSnapshot } from '@tasain/contracts'

type End = 'from' | 'to'

/** Every way in which the plan breaks a rule, uses hands that are not there or moves what is not there; empty = sound. */
export function listBreaches(snapshot: PlanSnapshot, plan: Plan): string[] {
  return [
    ...listRuleBreaches(snapshot, plan),
    ...listWorkBreaches(snapshot, plan),
    ...listLimitBreaches(snapshot, plan),
  ]
}

export function isHeldAt(snapshot: PlanSnapshot, rule: PlanRule, office: PlanOffice): boolean {
  if (rule.from !== undefined && rule.from > snapshot.at) return false
  if (rule.to !== undefined && rule.to < snapshot.at) return false
  const scope: Record<string, string> = rule.kind === 'quota' ? {} : { ...rule.scope }
  const places: Record<string, string> = { office: office.id, district: office.district, region: office.region }
  if (Object.entries(scope).some(([key, id]) => places[key] !== id)) return false
  return !snapshot.rules.some((other) => other.lifts?.includes(rule.id) && isHeldAt(snapshot, other, office))
}

/** May one minute of the work go this way? Answers with the rule or the lack that forbids it. */
export function findBan(
  snapshot: PlanSnapshot,
  from: PlanOffice,
  to: PlanOffice,
  work: { benefit: string; language: string; protected?: boolean | undefined },
): string | undefined {
  if (!canOfficeDo(snapshot, to.id, work)) return `${to.id} has no hands for ${work.benefit}`
  for (const rule of snapshot.rules)
    for (const [end, office] of [
      ['from', from],
      ['to', to],
    ] as const)
      if (isHeldAt(snapshot, rule, office) && forbids(snapshot, rule, end, from, to, work.benefit)) return rule.id
  return undefined
}

export function canOfficeDo(
  snapshot: PlanSnapshot,
  office: string,
  work: { benefit: string; language: string; protected?: boolean | undefined },
): boolean {
  return snapshot.pools.some(
    (pool) =>
      pool.office === office &&
      pool.benefits.includes(work.benefit) &&
      pool.languages.includes(work.language) &&
      (!work.protected || pool.cleared === true) &&
      [pool.minutesPerDay, ...(pool.minutesByDay ?? [])].some((minutes) => minutes > 0),
  )
}

function forbids(
  snapshot: PlanSnapshot,
  rule: PlanRule,
  end: End,
  from: PlanOffice,
  to: PlanOffice,
  benefit: string,
): boolean {
  if (rule.kind === 'blackout') return true
  if (rule.kind === 'export') return end === 'from' && !rule.allow
  if (rule.kind === 'import') return end === 'to' && !rule.allow
  if (rule.kind === 'accept') return end === 'to' && !rule.benefits.includes(benefit)
  if (rule.kind === 'reach')
    return (
      rule.within !== 'nation' && (rule.within === 'region' ? from.region !== to.region : from.district !== to.district)
    )
  if (rule.kind === 'threshold') {
    const days = queueDaysOf(snapshot, end === 'from' ? from.id : to.id)
    if (end === 'from') return rule.exportAboveDays !== undefined && !(days > rule.exportAboveDays)
    return rule.importBelowDays !== undefined && !(days < rule.importBelowDays)
  }
  return false
}

function queueDaysOf(snapshot: PlanSnapshot, office: string): number {
  const rate = sum(snapshot.pools.filter((pool) => pool.office === office).map((pool) => pool.minutesPerDay))
  return rate === 0 ? Number.POSITIVE_INFINITY : openMinutes(snapshot, office) / rate
}

function openMinutes(snapshot: PlanSnapshot, office: string): number {
  return sum(snapshot.work.filter((row) => row.office === office).map((row) => row.minutes))
}

function listRuleBreaches(snapshot: PlanSnapshot, plan: Plan): string[] {
  const offices = new Map(snapshot.offices.map((office) => [office.id, office]))
  return plan.flows.flatMap((flow) => {
    const from = offices.get(flow.from)
    const to = offices.get(flow.to)
    if (from === undefined || to === undefined || from === to) return [`${flow.from} → ${flow.to}: no such way`]
    const ban = findBan(snapshot, from, to, flow)
    return ban === undefined ? [] : [`${flow.from} → ${flow.to} ${flow.benefit}: ${ban}`]
  })
}

/** No more may leave a class than lies there movable, and none of it may be counted stuck as well. */
function listWorkBreaches(snapshot: PlanSnapshot, plan: Plan): string[] {
  const key = (
    office: string,
    of: { benefit: string; language: string; slackDays: number; protected?: boolean | undefined },
  ) => [office, of.benefit, of.language, of.slackDays, of.protected ?? false].join('|')
  const movable = new Map<string, number>()
  for (const row of snapshot.work)
    if (row.movable !== false) movable.set(key(row.office, row), (movable.get(key(row.office, row)) ?? 0) + row.minutes)
  const gone = new Map<string, number>()
  for (const flow of plan.flows) gone.set(key(flow.from, flow), (gone.get(key(flow.from, flow)) ?? 0) + flow.minutes)
  return [...gone].flatMap(([name, minutes]) =>
    minutes > (movable.get(name) ?? 0) || !Number.isInteger(minutes) ? [`${name}: ${minutes} sent`] : [],
  )
}

/** Minutes that should be stuck, by office: nobody permitted can do them, whatever the plan. Limits are left out. */
export function countStuck(snapshot: PlanSnapshot): Record<string, number> {
  const stuck: Record<string, number> = {}
  for (const row of snapshot.work) {
    const from = snapshot.offices.find(({ id }) => id === row.office)
    if (from === undefined || row.minutes === 0 || canOfficeDo(snapshot, row.office, row)) continue
    const leaves = snapshot.offices.some((to) => to !== from && findBan(snapshot, from, to, row) === undefined)
    if (row.movable === false || !leaves) stuck[row.office] = (stuck[row.office] ?? 0) + row.minutes
  }
  return stuck
}

function listLimitBreaches(snapshot: PlanSnapshot, plan: Plan): string[] {
  const used = (rule: string, office?: string) =>
    sum(
      (snapshot.used ?? [])
        .filter(
          (each) => each.rule === rule && (office === undefined || each.office === undefined || each.office === office),
        )
        .map((each) => each.minutes),
    )
  const breaches: string[] = []
  for (const rule of snapshot.rules) {
    if (rule.kind === 'quota') {
      const minutes = sum(plan.flows.filter((flow) => isUnderQuota(snapshot, rule, flow)).map((flow) => flow.minutes))
      if (minutes > 0 && minutes + used(rule.id) > rule.minutesPerMonth) breaches.push(`${rule.id}: ${minutes}`)
    }
    if (rule.kind !== 'shareOut' && rule.kind !== 'shareIn') continue
    const end = rule.kind === 'shareOut' ? 'from' : 'to'
    for (const office of snapshot.offices.filter((each) => isHeldAt(snapshot, rule, each))) {
      const minutes = sum(plan.flows.filter((flow) => flow[end] === office.id).map((flow) => flow.minutes))
      const rate = sum(snapshot.pools.filter((pool) => pool.office === office.id).map((pool) => pool.minutesPerDay))
      const base = end === 'from' ? (office.minutesAtMidnight ?? openMinutes(snapshot, office.id)) : rate
      if (minutes > 0 && minutes + used(rule.id, office.id) > rule.max * base + 1e-6)
        breaches.push(`${rule.id} at ${office.id}: ${minutes} of ${rule.max * base}`)
    }
  }
  return breaches
}

export function isUnderQuota(
  snapshot: PlanSnapshot,
  rule: Extract<PlanRule, { kind: 'quota' }>,
  flow: { from: string; to: string },
): boolean {
  const find = (id: string) => snapshot.offices.find((office) => office.id === id)
  const from = find(flow.from)
  const to = find(flow.to)
  if (from === undefined || to === undefined) return false
  const lies = (office: PlanOffice, place: string) => [office.id, office.district, office.region].includes(place)
  return (
    lies(from, rule.giver) && lies(to, rule.receiver) && isHeldAt(snapshot, rule, from) && isHeldAt(snapshot, rule, to)
  )
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
