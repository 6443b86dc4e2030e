import { Checkbox, CheckboxGroup, Radio, RadioGroup, Select, TextField } from '@navikt/ds-react'
import { type Benefit, benefits } from '@tasain/vocabulary'
import { useLanguage, useTexts } from '../../../shell/language/language.tsx'
import { listKeys, nameBenefit } from '../../../shell/texts.ts'
import { managerTexts } from '../../texts.ts'
import type { Problems, RuleDraft } from './rule-draft.ts'

type Props = { draft: RuleDraft; onChange: (part: Partial<RuleDraft>) => void; problems: Problems }

/** What: the kind of the rule. A rule keeps its kind for life. */
export function KindField({ draft, onChange, isFixed }: Pick<Props, 'draft' | 'onChange'> & { isFixed: boolean }) {
  const t = useTexts(managerTexts)
  return (
    <Select
      size="small"
      label={t.form.kind}
      description={isFixed ? t.form.kindFixed : t.kindHelp[draft.kind]}
      value={draft.kind}
      disabled={isFixed}
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
  )
}

/** How much: the value that belongs to the kind. */
export function ValueFields(props: Props) {
  const t = useTexts(managerTexts).form
  switch (props.draft.kind) {
    case 'export':
    case 'import':
      return <AllowField {...props} />
    case 'accept':
      return <BenefitsField {...props} />
    case 'reach':
      return <ReachField {...props} />
    case 'threshold':
      return <Numbers {...props} fields={{ above: t.above, below: t.below }} />
    case 'shareOut':
    case 'shareIn':
      return <Numbers {...props} fields={{ share: t[props.draft.kind] }} />
    case 'quota':
      return <Numbers {...props} fields={{ hours: t.hours, ordered: t.ordered }} help={{ ordered: t.orderedHelp }} />
    case 'weight':
      return (
        <div className="form-grid">
          <BenefitField {...props} />
          <Numbers {...props} fields={{ factor: t.factor }} />
        </div>
      )
    case 'blackout':
      return null
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

function BenefitField({ draft, onChange }: Props) {
  const t = useTexts(managerTexts).form
  const { language } = useLanguage()
  return (
    <Select
      size="small"
      label={t.benefit}
      value={draft.benefit}
      onChange={({ target }) => onChange({ benefit: benefits.find((one) => one === target.value) ?? draft.benefit })}
    >
      {benefits.map((benefit) => (
        <option key={benefit} value={benefit}>
          {nameBenefit(benefit, language)}
        </option>
      ))}
    </Select>
  )
}

type NumberField = 'above' | 'below' | 'share' | 'hours' | 'ordered' | 'factor'
type NumbersProps = Props & {
  fields: Partial<Record<NumberField, string>>
  help?: Partial<Record<NumberField, string>>
}

/** Fields for numbers, with the unit in their labels. */
function Numbers({ draft, onChange, problems, fields, help = {} }: NumbersProps) {
  const t = useTexts(managerTexts).form
  return (
    <div className="form-grid">
      {(Object.keys(fields) as NumberField[]).map((field) => {
        const problem = problems[field]
        return (
          <TextField
            key={field}
            size="small"
            label={fields[field]}
            description={help[field]}
            inputMode="decimal"
            autoComplete="off"
            value={draft[field]}
            onChange={({ target }) => onChange({ [field]: target.value })}
            error={problem && t.problems[problem]}
          />
        )
      })}
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
