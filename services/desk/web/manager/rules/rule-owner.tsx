import type { RuleVersion } from '@tasain/contracts'
import { useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { useSession } from '../../shell/server/session.tsx'
import { managerTexts } from '../texts.ts'

/** Whose rule it is: a district's, said to other managers in so many words, or one that two managers write together. */
export function RuleOwner({ rule: { scope } }: { rule: RuleVersion }) {
  const t = useTexts(managerTexts).rules
  const { list, name } = usePlaces()
  const { roles, district: own } = useSession()
  const district =
    'office' in scope
      ? list.offices.find(({ id }) => id === scope.office)?.district
      : 'district' in scope
        ? scope.district
        : undefined
  const words = [
    'office' in scope && district !== undefined && t.ofDistrict(name(district)),
    roles.includes('manager') && district !== undefined && district !== own && t.notYours,
    !('office' in scope || 'district' in scope) && t.across,
  ].filter((one) => one !== false)
  return words.length === 0 ? null : <div className="hint-tight quiet">{words.join(' · ')}</div>
}
