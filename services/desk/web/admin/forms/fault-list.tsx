import { Alert, Heading } from '@navikt/ds-react'
import type { FormFault } from '@tasain/contracts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { adminTexts } from '../texts.ts'
import type { Editor } from './use-editor.ts'
import { sayFault } from './words.ts'

/** What stands in the way of publishing; each leads to where it is mended. */
export function FaultList({ editor, onOpen }: { editor: Editor; onOpen: (fault: FormFault) => void }) {
  const t = useTexts(adminTexts).faults
  const { language } = useLanguage()
  const { faults, draft } = editor
  if (faults.length === 0)
    return (
      <Alert variant="success" size="small">
        {t.none}
      </Alert>
    )
  return (
    <Alert variant="warning" size="small">
      <Heading level="2" size="xsmall">
        {t.heading(faults.length)}
      </Heading>
      <ul className="fault-list">
        {faults.map((fault) => (
          <li key={`${fault.code} ${fault.key ?? ''}`}>
            <button type="button" className="link-button" onClick={() => onOpen(fault)}>
              {sayFault(fault, draft.fields, language)}
            </button>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
