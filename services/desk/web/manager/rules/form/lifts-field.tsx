import { Checkbox, CheckboxGroup, ReadMore } from '@navikt/ds-react'
import type { OfficeList, RuleScope, RuleVersion } from '@tasain/contracts'
import { useTexts } from '../../../shell/language/language.tsx'
import { findScopeId, usePlaces } from '../../../shell/parts/places.ts'
import { managerTexts } from '../../texts.ts'
import { sayWhole } from '../rule-words.ts'
import { useRuleSpeech, useRules } from '../rules.ts'

type Props = {
  scope: RuleScope
  lifts: readonly string[]
  /** The rule that is being changed; it cannot be an exception to itself. */
  own: string | undefined
  onChange: (lifts: string[]) => void
}

/** Exceptions: which of the rules that hold at the same offices give way to this one. */
export function LiftsField({ scope, lifts, own, onChange }: Props) {
  const t = useTexts(managerTexts).form
  const speech = useRuleSpeech()
  const { list } = usePlaces()
  const rules = useRules().data?.rules ?? []
  const offices = new Set(listOfficesOf(findScopeId(scope), list))
  const isHere = ({ scope: other, value }: RuleVersion) => {
    const ends = value.kind === 'quota' ? [value.giver, value.receiver] : [findScopeId(other)]
    return ends.some((end) => listOfficesOf(end, list).some((id) => offices.has(id)))
  }
  const isThere = ({ id, state }: RuleVersion) => state === 'in_force' || state === 'coming' || lifts.includes(id)
  const choices = rules.filter((rule) => rule.id !== own && isThere(rule) && (isHere(rule) || lifts.includes(rule.id)))
  return (
    <ReadMore size="small" header={t.lifts} defaultOpen={lifts.length > 0}>
      {choices.length === 0 ? (
        t.liftsNone
      ) : (
        <CheckboxGroup
          size="small"
          legend={t.lifts}
          hideLegend
          description={t.liftsHelp}
          value={[...lifts]}
          onChange={(chosen: string[]) => onChange(chosen)}
        >
          {choices.map((rule) => (
            <Checkbox key={rule.id} value={rule.id}>
              {sayWhole(rule, speech)}
            </Checkbox>
          ))}
        </CheckboxGroup>
      )}
    </ReadMore>
  )
}

/** The offices that are, or lie in, a place; without one, all of the nation. */
function listOfficesOf(place: string | undefined, { offices, districts }: OfficeList): string[] {
  const regionOf = (district: string) => districts.find(({ id }) => id === district)?.region
  return offices
    .filter(({ id, district }) => place === undefined || [id, district, regionOf(district)].includes(place))
    .map(({ id }) => id)
}
