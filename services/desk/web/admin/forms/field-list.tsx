import { ExclamationmarkTriangleFillIcon } from '@navikt/aksel-icons'
import { BodyShort } from '@navikt/ds-react'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { adminTexts } from '../texts.ts'
import { FieldPanel } from './field-panel.tsx'
import type { Editor } from './use-editor.ts'
import { sayField } from './words.ts'

/** The chosen field, and all fields to choose from. */
export function FieldList({ editor, onEdit }: { editor: Editor; onEdit: (key: string) => void }) {
  const t = useTexts(adminTexts).fields
  const { language } = useLanguage()
  const { fields } = editor
  const atFault = new Set(editor.faults.map(({ key }) => key))
  return (
    <div className="stack">
      {editor.chosen ? (
        <FieldPanel key={editor.chosen.key} field={editor.chosen} editor={editor} />
      ) : (
        fields.length > 0 && (
          <BodyShort size="small" className="quiet">
            {t.choose}
          </BodyShort>
        )
      )}
      {fields.length === 0 && <Empty>{t.none}</Empty>}
      <ul className="field-list" aria-label={t.list}>
        {fields.map((field, place) => (
          <li key={field.key}>
            <button
              type="button"
              className="field-line"
              aria-current={field.key === editor.chosen?.key}
              data-input={place === 0 ? 'first' : undefined}
              onClick={() => onEdit(field.key)}
            >
              <span>{sayField(field, language)}</span>
              <span className="quiet">
                {editor.isOpen && field.guessed ? t.guess(t.types[field.type]) : t.types[field.type]}
              </span>
              {atFault.has(field.key) && <ExclamationmarkTriangleFillIcon aria-hidden className="state-doubt" />}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
