import type { PlanRule, RuleScope, RuleState, RuleValue } from '@tasain/contracts'
import { addDays, type IsoDate } from '@tasain/vocabulary'
import type { ScopeKind } from '../schema.ts'

export type Place = { id: string; district: string; region: string }
export type Scope = { kind: ScopeKind; id: string }

/** One version of a rule, as written; it never changes. `approved` is what a second manager adds. */
export type Version = {
  ruleId: string
  version: number
  scope: Scope
  value: RuleValue
  /** Ids of rules it sets aside at the offices of its scope. */
  lifts: readonly string[]
  from: IsoDate
  to: IsoDate | null
  ends: boolean
  needsApproval: boolean
  approved: boolean
}

export function laterOf(one: IsoDate, other: IsoDate): IsoDate {
  return [one, other].toSorted()[1] ?? one
}

export function readScope(scope: RuleScope): Scope {
  if ('office' in scope) return { kind: 'office', id: scope.office }
  if ('district' in scope) return { kind: 'district', id: scope.district }
  return 'region' in scope ? { kind: 'region', id: scope.region } : { kind: 'nation', id: '' }
}

export function writeScope({ kind, id }: Scope): RuleScope {
  if (kind === 'office') return { office: id }
  if (kind === 'district') return { district: id }
  return kind === 'region' ? { region: id } : {}
}

/** Whether a place is, or lies in, the scope. */
export function holdsAt(scope: Scope, place: Place): boolean {
  if (scope.kind === 'nation') return true
  return scope.id === (scope.kind === 'office' ? place.id : place[scope.kind])
}

/** Whether a place is, or lies in, the office, district or region of that id. */
export function isIn({ id, district, region }: Place, placeId: string): boolean {
  return id === placeId || district === placeId || region === placeId
}

/** Whether a rule in force counts at a place: it holds there and no other that counts there sets it aside. */
export function countsAt(version: Version, place: Place, inForce: readonly Version[]): boolean {
  if (!holdsAt(version.scope, place)) return false
  return !inForce.some((other) => other.lifts.includes(version.ruleId) && countsAt(other, place, inForce))
}

/** How a version is named in plans and moves. */
export function nameVersion({ ruleId, version }: { ruleId: string; version: number }): string {
  return `${ruleId}@${version}`
}

/** Whether a version counts: drafts do not. */
export function isEffective({ needsApproval, approved }: Pick<Version, 'needsApproval' | 'approved'>): boolean {
  return !needsApproval || approved
}

/**
 * The version of one rule in force on a day. A version holds from its first day until a newer one begins, even when that
 * one ends sooner. Versions are those of one rule, in any order.
 */
export function findInForce<V extends Version>(versions: readonly V[], day: IsoDate): V | undefined {
  const begun = versions.filter((version) => isEffective(version) && version.from <= day)
  const newest = begun.reduce<V | undefined>(
    (best, version) => (best === undefined || version.version > best.version ? version : best),
    undefined,
  )
  return newest && !newest.ends && (newest.to === null || newest.to >= day) ? newest : undefined
}

export type Withdrawable = Version & { withdrawnAt: Date | null }

/** The version that the next one follows: the newest that is not withdrawn. Versions are those of one rule, oldest first. */
export function findLatest<V extends Withdrawable>(versions: readonly V[]): V | undefined {
  return versions.findLast(({ withdrawnAt }) => withdrawnAt === null) ?? versions.at(-1)
}

/** Where a version stands on a day, among all versions of its rule, oldest first. */
export function stateOf(version: Withdrawable, versions: readonly Withdrawable[], day: IsoDate): RuleState {
  if (version.withdrawnAt) return 'withdrawn'
  if (!isEffective(version)) return findLatest(versions)?.version === version.version ? 'draft' : 'replaced'
  if (version.ends) return 'ended'
  const replacedBy = versions.filter((other) => isEffective(other) && other.version > version.version)
  if (replacedBy.some((other) => other.from <= day || other.from <= version.from)) return 'ended'
  if (version.from > day) return 'coming'
  return version.to === null || version.to >= day ? 'in_force' : 'ended'
}

/** The versions of one rule that hold or will hold, each until the day before a newer one begins. */
export function listSpans(versions: readonly Version[]): Version[] {
  const effective = versions.filter(isEffective).toSorted((one, other) => one.version - other.version)
  return effective.flatMap((version, index) => {
    if (version.ends) return []
    const next = effective
      .slice(index + 1)
      .reduce<IsoDate | null>((first, { from }) => (first === null || from < first ? from : first), null)
    const cut = next === null ? null : addDays(next, -1)
    const to = version.to === null || (cut !== null && cut < version.to) ? (cut ?? version.to) : version.to
    return to !== null && to < version.from ? [] : [{ ...version, to }]
  })
}

/** A rule in force as the planner takes it. */
export function toPlanRule(version: Version, inForce: readonly Version[]): PlanRule {
  const { value, scope } = version
  const lifts = inForce.filter(({ ruleId }) => version.lifts.includes(ruleId)).map(nameVersion)
  return {
    id: nameVersion(version),
    ...(scope.kind === 'office' && { scope: { office: scope.id } }),
    ...(scope.kind === 'district' && { scope: { district: scope.id } }),
    ...(scope.kind === 'region' && { scope: { region: scope.id } }),
    ...(lifts.length > 0 && { lifts }),
    ...value,
  }
}
