import { Heading, Tag } from '@navikt/ds-react'
import type { ApplicationDetail, CheckedField } from '@tasain/contracts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { FieldMark } from '../../shell/papers/field-mark.tsx'
import { showField } from '../../shell/papers/show-field.ts'
import { nameField, shellTexts } from '../../shell/texts.ts'
import { handlerTexts } from '../texts.ts'

type Props = { detail: ApplicationDetail; chosen: string | undefined; onChoose: (name: string) => void }

/** What the application says, each value with how sure it is and a way to see it on its page. */
export function CaseFields({ detail: { application, fields }, chosen, onChoose }: Props) {
  const t = useTexts(handlerTexts).case
  const shell = useTexts(shellTexts)
  return (
    <section className="card">
      <div className="row gap-below">
        <Heading level="2" size="small">
          {t.fields}
        </Heading>
        {application.form && <span className="quiet">{application.form.code}</span>}
        <span className="quiet">{shell.channels[application.channel]}</span>
        {application.restricted && (
          <Tag size="small" variant="warning">
            {t.restricted}
          </Tag>
        )}
      </div>
      <dl className="case-fields">
        {fields.map((field) => (
          <FieldLine key={field.name} field={field} isChosen={field.name === chosen} onChoose={onChoose} />
        ))}
      </dl>
    </section>
  )
}

type LineProps = { field: CheckedField; isChosen: boolean; onChoose: (name: string) => void }

function FieldLine({ field, isChosen, onChoose }: LineProps) {
  const t = useTexts(handlerTexts).case
  const shell = useTexts(shellTexts)
  const { language } = useLanguage()
  const label = nameField(field, language)
  const value = showField(field, language, shell)
  return (
    <div className={isChosen ? 'case-field case-field-chosen' : 'case-field'}>
      <dt>{label}</dt>
      <dd>
        {field.box ? (
          <button
            type="button"
            className="case-value"
            aria-pressed={isChosen}
            title={t.showOnPage(label)}
            onClick={() => onChoose(field.name)}
          >
            {value === '' ? t.empty : value}
          </button>
        ) : (
          <span className={value === '' ? 'quiet' : undefined}>{value === '' ? t.empty : value}</span>
        )}
        <FieldMark field={field} />
      </dd>
    </div>
  )
}
