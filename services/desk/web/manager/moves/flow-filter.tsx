import { Select } from '@navikt/ds-react'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { nameBenefit } from '../../shell/texts.ts'
import { managerTexts } from '../texts.ts'
import { type Flow, type FlowWish, listValues } from './flows.ts'

type Props = { flows: readonly Flow[]; wish: FlowWish; places: Places; onChange: (wish: FlowWish) => void }

/** Narrows the flows to one office, benefit or cause; offers only what there is. */
export function FlowFilter({ flows, wish, places, onChange }: Props) {
  const t = useTexts(managerTexts)
  const { language } = useLanguage()
  const fields: Record<keyof FlowWish, [label: string, name: (value: string) => string]> = {
    office: [t.situation.office, places.name],
    benefit: [
      t.moves.benefit,
      (value) =>
        flows.filter((one) => one.benefit === value).map((one) => nameBenefit(one.benefit, language))[0] ?? value,
    ],
    cause: [
      t.moves.cause,
      (value) => flows.filter((one) => one.cause === value).map((one) => t.moves.causes[one.cause])[0] ?? value,
    ],
  }
  return (
    <div className="row gap-below">
      {(['office', 'benefit', 'cause'] as const).map((key) => {
        const [label, name] = fields[key]
        return (
          <Select
            key={key}
            size="small"
            label={label}
            value={wish[key]}
            onChange={({ target }) => onChange({ ...wish, [key]: target.value })}
          >
            <option value="">{t.moves.all}</option>
            {listValues(flows, key, name, language).map((value) => (
              <option key={value} value={value}>
                {name(value)}
              </option>
            ))}
          </Select>
        )
      })}
    </div>
  )
}
