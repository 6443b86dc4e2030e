import { balancerActions, type Caller, findReach, type RefusalCode, type RuleAct, ruleActs } from '@tasain/contracts'
import type { IsoDate } from '@tasain/vocabulary'
import {
  findLatest,
  holdsAt,
  isEffective,
  isIn,
  laterOf,
  listSpans,
  type Place,
  stateOf,
  type Version,
  type Withdrawable,
} from './rule.ts'

type Authority = 'own' | 'across' | 'foreign' | 'unknown'
type Rule = Pick<Version, 'scope' | 'value'>

/** Who looks at rules, and what it takes to say what they may do with them. */
export type Viewer = { caller: Caller; places: readonly Place[]; today: IsoDate }
type Written = Withdrawable & { authorSubject: string }

/** How a rule lies to a manager's district: all within it, reaching across its border, in another, or nowhere. */
function judgeRule({ scope, value }: Rule, { places, caller }: Viewer): Authority {
  const isOwn = ({ district }: Place) => district === caller.district
  if (value.kind === 'quota') {
    const ends = [value.giver, value.receiver].map((id) => places.filter((place) => isIn(place, id)))
    if (ends.some((end) => end.length === 0)) return 'unknown'
    if (ends.flat().every(isOwn)) return 'own'
    return ends.flat().some(isOwn) ? 'across' : 'foreign'
  }
  if (scope.kind === 'nation') return 'across'
  const inside = places.filter((place) => holdsAt(scope, place))
  if (inside.length === 0) return 'unknown'
  if (scope.kind === 'region') return 'across'
  return inside.every(isOwn) ? 'own' : 'foreign'
}

/**
 * What a new version of a rule displaces from its first day on: every version that would hold then or later, whatever
 * drafts lie between. Where nothing would hold, it is the version that the new one follows. `versions` are all of the
 * rule's, oldest first; none for a new rule.
 */
export function listDisplaced(versions: readonly Withdrawable[], from: IsoDate): Version[] {
  const held = listSpans(versions).filter(({ to }) => to === null || to >= from)
  const latest = findLatest(versions)
  return held.length > 0 || latest === undefined ? held : [latest]
}

/**
 * What writing takes: nothing but the manager's own word, or a second manager's too. Whoever sets a rule aside that two
 * managers made needs the second as well.
 * @param rules those displaced and as they shall be
 * @param lifted the rules they set aside
 */
export function judgeWriting(
  rules: readonly Rule[],
  lifted: readonly Rule[],
  viewer: Viewer,
): { refusal: RefusalCode } | { needsApproval: boolean } {
  if (findReach(balancerActions['rule.write'], viewer.caller.roles) === undefined) return { refusal: 'right.missing' }
  const authorities = rules.map((rule) => judgeRule(rule, viewer))
  if (authorities.includes('unknown')) return { refusal: 'rule.unknown_scope' }
  if (authorities.includes('foreign')) return { refusal: 'rule.not_your_district' }
  const isShared = lifted.some((rule) => judgeRule(rule, viewer) !== 'own')
  return { needsApproval: isShared || authorities.includes('across') }
}

/** Why the viewer may not do this with a version of a rule, or undefined. Versions are all of the rule's, oldest first. */
export function findActRefusal(
  act: RuleAct,
  version: Written,
  versions: readonly Written[],
  viewer: Viewer,
): RefusalCode | undefined {
  const latest = findLatest(versions) ?? version
  const isLatest = latest.version === version.version
  if (act === 'approve') return isLatest ? findApprovalRefusal(version, versions, viewer) : 'rule.not_draft'
  const touched = act === 'withdraw' ? [version] : listDisplaced(versions, viewer.today)
  const judged = judgeWriting(act === 'restore' ? [version, ...touched] : touched, [], viewer)
  if ('refusal' in judged) return judged.refusal
  if (act === 'withdraw') return isLatest ? findWithdrawalRefusal(version, versions, viewer) : 'rule.not_draft'
  if (act === 'restore') {
    if (isLatest || version.ends) return 'request.not_found'
    return version.to !== null && version.to < viewer.today ? 'rule.days_are_over' : undefined
  }
  const counted = versions.filter(isEffective)
  if (act === 'end' && counted.length === 0) return 'rule.only_draft'
  const isOver = act === 'end' && counted.every((one) => stateOf(one, versions, viewer.today) === 'ended')
  if (version.ends || isOver) return 'rule.already_ended'
  return isLatest ? undefined : 'request.not_found'
}

function findApprovalRefusal(version: Written, versions: readonly Written[], viewer: Viewer): RefusalCode | undefined {
  const { caller, today } = viewer
  if (findReach(balancerActions['rule.approve'], caller.roles) === undefined) return 'right.missing'
  if (isEffective(version) || version.withdrawnAt) return 'rule.not_draft'
  if (version.authorSubject === caller.subject) return 'rule.needs_another_manager'
  // What two places agree on, or have agreed on and would lose, is for a manager of one of them to say yes to.
  const agreed = [version, ...listDisplaced(versions, laterOf(version.from, today))]
  const isTheirs = version.value.kind !== 'quota' || agreed.some((rule) => judgeRule(rule, viewer) !== 'foreign')
  return isTheirs ? undefined : 'rule.not_your_district'
}

/** A change that waits is its author's to take back; a rule that has never been in force anybody's who may write it. */
function findWithdrawalRefusal(
  version: Written,
  versions: readonly Written[],
  { caller }: Viewer,
): RefusalCode | undefined {
  if (isEffective(version) || version.withdrawnAt) return 'rule.not_draft'
  const isTheirs = version.authorSubject === caller.subject || !versions.some(isEffective)
  return isTheirs ? undefined : 'rule.not_author'
}

/**
 * Whether the viewer could end a rule only together with a second manager; an exception is given up by one. `versions` are
 * all of the rule's, oldest first.
 */
export function endsByTwo(versions: readonly Written[], viewer: Viewer): boolean {
  const judged = judgeWriting(listDisplaced(versions, viewer.today), [], viewer)
  return 'needsApproval' in judged && judged.needsApproval
}

/** What the viewer may do with one version of a rule, among all of its versions, oldest first. */
export function listAllowed(version: Written, versions: readonly Written[], viewer: Viewer): RuleAct[] {
  return ruleActs.filter((act) => findActRefusal(act, version, versions, viewer) === undefined)
}
