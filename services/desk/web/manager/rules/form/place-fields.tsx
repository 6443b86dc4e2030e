import { Select } from '@navikt/ds-react'
import { useTexts } from '../../../shell/language/language.tsx'
import { usePlaces } from '../../../shell/parts/places.ts'
import { useSession } from '../../../shell/server/session.tsx'
import { managerTexts } from '../../texts.ts'
import type { Problems, RuleDraft, ScopeKind } from './rule-draft.ts'

type Props = { draft: RuleDraft; onChange: (part: Partial<RuleDraft>) => void; problems: Problems }
type Choice = { kind: ScopeKind; id: string }

/** Where: the manager's own offices and district, or wider with a second manager's approval; of a quota, its two ends. */
export function PlaceFields({ draft, onChange, problems }: Props) {
  const { form: t, rules } = useTexts(managerTexts)
  const { district } = useSession()
  const { list } = usePlaces()
  const isOwn = (id: string) => district === null || id === district
  const explain = (field: 'scope' | 'giver' | 'receiver') => {
    const problem = problems[field]
    return problem && t.problems[problem]
  }
  if (draft.kind === 'quota')
    return (
      <div className="form-grid">
        {(['giver', 'receiver'] as const).map((end) => (
          <PlaceSelect
            key={end}
            label={t[end]}
            value={draft[end]}
            onChange={({ id }) => onChange({ [end]: id })}
            error={explain(end)}
            groups={[
              [t.districts, 'district', list.districts.map(({ id }) => id)],
              [t.offices, 'office', list.offices.map(({ id }) => id)],
              [t.regionsAll, 'region', list.regions.map(({ id }) => id)],
            ]}
          />
        ))}
      </div>
    )
  const ownOffices = list.offices.filter((office) => isOwn(office.district)).map(({ id }) => id)
  const ownDistricts = list.districts.filter(({ id }) => isOwn(id)).map(({ id }) => id)
  return (
    <PlaceSelect
      label={t.scope}
      value={draft.scopeKind === 'nation' ? nation : draft.scopeId}
      onChange={({ kind, id }) => onChange({ scopeKind: kind, scopeId: id === nation ? '' : id })}
      error={explain('scope')}
      groups={[
        [t.offices, 'office', ownOffices],
        [t.ownDistrict, 'district', ownDistricts],
        [t.regions, 'region', list.regions.map(({ id }) => id)],
        [t.nation, 'nation', [nation]],
      ]}
      nationName={rules.nation}
    />
  )
}

const nation = '*'
type SelectProps = {
  label: string
  value: string
  groups: readonly (readonly [label: string, kind: ScopeKind, ids: readonly string[]])[]
  nationName?: string
  onChange: (choice: Choice) => void
  error: string | undefined
}

function PlaceSelect({ label, value, groups, nationName, onChange, error }: SelectProps) {
  const t = useTexts(managerTexts).form
  const { name } = usePlaces()
  const choose = (id: string) => {
    const kind = groups.find(([, , ids]) => ids.includes(id))?.[1]
    onChange(kind ? { kind, id } : { kind: 'office', id: '' })
  }
  return (
    <Select size="small" label={label} value={value} onChange={({ target }) => choose(target.value)} error={error}>
      <option value="">{t.choose}</option>
      {groups.map(([group, kind, ids]) => (
        <optgroup key={kind} label={group}>
          {ids.map((id) => (
            <option key={id} value={id}>
              {id === nation ? nationName : name(id)}
            </option>
          ))}
        </optgroup>
      ))}
    </Select>
  )
}
