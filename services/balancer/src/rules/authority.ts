import { balancerActions, type Caller, findReach, type RuleAct, ruleActs } from '@tasain/contracts'
import type { IsoDate } from '@tasain/vocabulary'
import { holdsAt, isEffective, type Place, type Scope, stateOf, type Version } from './rule.ts'

/** `own`: at once; `across`: a draft until a second manager approves; `foreign`: not theirs to write. */
export type Authority = 'own' | 'across' | 'foreign' | 'unknown'

/** What a manager of a district may do with a rule of this scope. */
export function judgeScope(scope: Scope, places: readonly Place[], district: string | null): Authority {
  if (scope.kind === 'nation') return 'across'
  const inside = places.filter((place) => holdsAt(scope, place))
  if (inside.length === 0) return 'unknown'
  if (scope.kind === 'region') return 'across'
  return inside.every((place) => place.district === district) ? 'own' : 'foreign'
}

/** Who looks at rules, and what it takes to say what they may do with them. */
export type Viewer = { caller: Caller; places: readonly Place[]; today: IsoDate }
type Written = Version & { authorSubject: string }

/** What the viewer may do with one version of a rule, among all of its versions, oldest first. */
export function listAllowed(version: Written, versions: readonly Written[], viewer: Viewer): RuleAct[] {
  const { caller, places, today } = viewer
  const latest = versions.at(-1) ?? version
  const isLatest = latest.version === version.version
  const mayWrite =
    findReach(balancerActions['rule.write'], caller.roles) !== undefined &&
    [version, latest].every(({ scope }) => ['own', 'across'].includes(judgeScope(scope, places, caller.district)))
  const isOver = versions.every((one) => stateOf(one, versions, today) === 'ended')
  const mayApprove =
    findReach(balancerActions['rule.approve'], caller.roles) !== undefined && version.authorSubject !== caller.subject
  const allowed: Record<RuleAct, boolean> = {
    approve: isLatest && mayApprove && !isEffective(version),
    change: isLatest && mayWrite && !version.ends,
    end: isLatest && mayWrite && !version.ends && !isOver,
    restore: !isLatest && mayWrite && !version.ends,
  }
  return ruleActs.filter((act) => allowed[act])
}
