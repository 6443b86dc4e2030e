import { holdsAt, type Place, type Scope } from './rule.ts'

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
