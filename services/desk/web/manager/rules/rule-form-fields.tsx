import { Checkbox, CheckboxGroup, Radio, RadioGroup, Select, TextField } from '@navikt/ds-react'
import { type Benefit, benefits } from '@tasain/vocabulary'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { useSession } from '../../shell/server/session.tsx'
import { listKeys, nameBenefit } from '../../shell/texts.ts'
import { managerTexts } from '../texts.ts'
import type { Problems, RuleDraft, ScopeKind } from './rule-draft.ts'

type Props = { draft: RuleDraft; onChange: (part: Partial<RuleDraft>) => void; problems: Problems }

const scopeKinds: readonly ScopeKind[] = ['office', 'district', 'region', 'nation']

/** Where: the manager's own offices and district, or wider with a second manager's approval. */
export function ScopeField({ draft, onChange, problems }: Props) {
  const t = useTexts(managerTexts).form
  const { rules } = useTexts(managerTexts)
  const { district } = useSession()
  const { list, name } = usePlaces()
  const isOwn = (id: string) => district === null || id === district
  const choose = (value: string) => {
    const [kind = '', scopeId = ''] = value.split(':')
    onChange({ scopeKind: scopeKinds.find((one) => one === kind) ?? '', scopeId })
  }
  const group = (label: string, kind: ScopeKind, ids: readonly string[]) => (
    <optgroup label={label}>
      {ids.map((id) => (
        <option key={id} value={`${kind}:${id}`}>
          {name(id)}
        </option>
      ))}
    </optgroup>
  )
  return (
    <Select
      size="small"
      label={t.scope}
      value={draft.scopeKind === '' ? '' : `${draft.scopeKind}:${draft.scopeId}`}
      onChange={({ target }) => choose(target.value)}
      error={problems.scope && t.problems[problems.scope]}
    >
      <option value="">{t.choose}</option>
      {group(
        t.offices,
        'office',
        list.offices.filter((office) => isOwn(office.district)).map(({ id }) => id),
      )}
      {group(
        t.ownDistrict,
        'district',
        list.districts.filter(({ id }) => isOwn(id)).map(({ id }) => id),
      )}
      {group(
        t.regions,
        'region',
        list.regions.map(({ id }) => id),
      )}
      <optgroup label={t.nation}>
        <option value="nation:">{rules.nation}</option>
      </optgroup>
    </Select>
  )
}

/** What: the kind of the rule and the value that belongs to it. A rule keeps its kind for life. */
export function KindFields({ draft, onChange, problems, isKindFixed }: Props & { isKindFixed: boolean }) {
  const t = useTexts(managerTexts)
  return (
    <>
      <Select
        size="small"
        label={t.form.kind}
        value={draft.kind}
        disabled={isKindFixed}
        onChange={({ target }) =>
          onChange({ kind: listKeys(t.kinds).find((kind) => kind === target.value) ?? draft.kind })
        }
      >
        {listKeys(t.kinds).map((kind) => (
          <option key={kind} value={kind}>
            {t.kinds[kind]}
          </option>
        ))}
      </Select>
      <ValueFields draft={draft} onChange={onChange} problems={problems} />
    </>
  )
}

function ValueFields(props: Props) {
  switch (props.draft.kind) {
    case 'export':
    case 'import':
      return <AllowField {...props} />
    case 'accept':
      return <BenefitsField {...props} />
    case 'threshold':
      return <ThresholdFields {...props} />
    case 'reach':
      return <ReachField {...props} />
  }
}

function AllowField({ draft, onChange }: Props) {
  const t = useTexts(managerTexts).form
  return (
    <RadioGroup
      size="small"
      legend={t.setting}
      value={draft.allow ? 'open' : 'closed'}
      onChange={(value: string) => onChange({ allow: value === 'open' })}
    >
      <Radio value="closed">{t.closed}</Radio>
      <Radio value="open">{t.open}</Radio>
    </RadioGroup>
  )
}

function BenefitsField({ draft, onChange, problems }: Props) {
  const t = useTexts(managerTexts).form
  const { language } = useLanguage()
  return (
    <CheckboxGroup
      size="small"
      legend={t.benefits}
      value={[...draft.benefits]}
      onChange={(chosen: Benefit[]) => onChange({ benefits: chosen })}
      error={problems.benefits && t.problems[problems.benefits]}
    >
      <div className="columns">
        {benefits.map((benefit) => (
          <Checkbox key={benefit} value={benefit}>
            {nameBenefit(benefit, language)}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  )
}

function ThresholdFields({ draft, onChange, problems }: Props) {
  const t = useTexts(managerTexts).form
  return (
    <div className="form-grid">
      <TextField
        size="small"
        label={t.above}
        inputMode="decimal"
        value={draft.above}
        onChange={({ target }) => onChange({ above: target.value })}
        error={problems.above && t.problems[problems.above]}
      />
      <TextField
        size="small"
        label={t.below}
        inputMode="decimal"
        value={draft.below}
        onChange={({ target }) => onChange({ below: target.value })}
        error={problems.below && t.problems[problems.below]}
      />
    </div>
  )
}

function ReachField({ draft, onChange }: Props) {
  const t = useTexts(managerTexts)
  return (
    <RadioGroup
      size="small"
      legend={t.form.within}
      value={draft.within}
      onChange={(value: RuleDraft['within']) => onChange({ within: value })}
    >
      {listKeys(t.within).map((key) => (
        <Radio key={key} value={key}>
          {t.within[key]}
        </Radio>
      ))}
    </RadioGroup>
  )
}
