import { Button, Heading, Tag } from '@navikt/ds-react'
import type { ApplicationDetail, CheckedField } from '@tasain/contracts'
import { Link } from 'react-router'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { FieldMark } from '../../shell/papers/field-mark.tsx'
import { showField } from '../../shell/papers/show-field.ts'
import { nameField, shellTexts } from '../../shell/texts.ts'
import { clerkTexts } from '../texts.ts'

type Props = { detail: ApplicationDetail; batch: string | null; onChoose: (field: CheckedField) => void }

/** What a closed application says, to be read only. */
export function ClosedFields({ detail: { application, fields }, batch, onChoose }: Props) {
  const t = useTexts(clerkTexts).checking
  return (
    <section className="check-form closed-form">
      <div className="row check-head">
        <Heading level="2" size="xsmall">
          {t.closedFields}
        </Heading>
        {application.restricted && (
          <Tag size="small" variant="warning">
            {t.restricted}
          </Tag>
        )}
      </div>
      <dl className="closed-fields">
        {fields.map((field) => (
          <ClosedField key={field.name} field={field} onChoose={onChoose} />
        ))}
      </dl>
      <div className="sticky-actions">
        <Button as={Link} to={`/check${batch === null ? '' : `?batch=${batch}`}`} size="small" variant="secondary">
          {t.toList}
        </Button>
      </div>
    </section>
  )
}

function ClosedField({ field, onChoose }: { field: CheckedField; onChoose: (field: CheckedField) => void }) {
  const t = useTexts(clerkTexts).checking
  const shell = useTexts(shellTexts)
  const { language } = useLanguage()
  const label = nameField(field, language)
  const value = showField(field, language, shell) || t.empty
  return (
    <div className="field">
      <dt className="field-head">
        <span className="field-name">{label}</span>
        <FieldMark field={field} />
      </dt>
      <dd>
        {field.box ? (
          <button type="button" className="field-link" title={t.showOnPage(label)} onClick={() => onChoose(field)}>
            {value}
          </button>
        ) : (
          value
        )}
      </dd>
    </div>
  )
}
