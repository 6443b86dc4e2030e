import type { OfficeList, RuleVersion } from '@tasain/contracts'
import { useTexts } from '../../shell/language/language.tsx'
import { findScopeId, usePlaces } from '../../shell/parts/places.ts'
import { useSession } from '../../shell/server/session.tsx'
import { managerTexts } from '../texts.ts'

/** Whose rule it is: a district's, said to other managers in so many words, or one that two managers write together. */
export function RuleOwner({ rule }: { rule: RuleVersion }) {
  const t = useTexts(managerTexts).rules
  const { list, name } = usePlaces()
  const { roles, district: own } = useSession()
  const district = findDistrict(rule, list)
  const words = [
    district !== undefined && !('district' in rule.scope) && t.ofDistrict(name(district)),
    roles.includes('manager') && district !== undefined && district !== own && t.notYours,
    district === undefined && t.across,
  ].filter((one) => one !== false)
  return words.length === 0 ? null : <div className="hint-tight quiet">{words.join(' · ')}</div>
}

/** The one district a rule stays within, or undefined when it reaches across. */
function findDistrict({ scope, value }: RuleVersion, { offices, districts }: OfficeList): string | undefined {
  const districtOf = (id: string) =>
    offices.find((office) => office.id === id)?.district ?? districts.find((district) => district.id === id)?.id
  if (value.kind !== 'quota') return districtOf(findScopeId(scope) ?? '')
  const giver = districtOf(value.giver)
  return giver === districtOf(value.receiver) ? giver : undefined
}
