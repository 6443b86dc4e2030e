import { Button } from '@navikt/ds-react'
import type { HeldTask } from '@tasain/contracts'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useShortcuts } from '../../shell/frame/shortcuts.tsx'
import { useTexts } from '../../shell/language/language.tsx'
import type { Act } from '../tasks.ts'
import { handlerTexts } from '../texts.ts'
import type { ActDialogProps } from './act-dialog.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import { InformationDialog } from './information-dialog.tsx'
import { RecusalDialog } from './recusal-dialog.tsx'
import { ReturnDialog } from './return-dialog.tsx'

/** The four things that can be done with a task in hand; each asks in a dialog that keeps what was typed. */
export function CaseActions({ task }: { task: HeldTask }) {
  const t = useTexts(handlerTexts).case
  const navigate = useNavigate()
  const [open, setOpen] = useState<Act>()
  useShortcuts([
    { key: 'd', label: t.decide, run: () => setOpen('decision') },
    { key: 'i', label: t.information, run: () => setOpen('information-request') },
    { key: 'b', label: t.return, run: () => setOpen('return') },
  ])
  const propsFor = (act: Act): ActDialogProps => ({
    task,
    open: open === act,
    onClose: () => setOpen(undefined),
    onDone: () => void navigate('/tasks', { state: act }),
  })
  return (
    <section className="case-actions" aria-label={t.actions}>
      <Button type="button" size="small" onClick={() => setOpen('decision')}>
        {t.decide}
      </Button>
      <Button type="button" size="small" variant="secondary" onClick={() => setOpen('information-request')}>
        {t.information}
      </Button>
      <Button type="button" size="small" variant="secondary" onClick={() => setOpen('return')}>
        {t.return}
      </Button>
      <Button type="button" size="small" variant="tertiary" onClick={() => setOpen('recusal')}>
        {t.recuse}
      </Button>
      <DecideDialog {...propsFor('decision')} />
      <InformationDialog {...propsFor('information-request')} />
      <ReturnDialog {...propsFor('return')} />
      <RecusalDialog {...propsFor('recusal')} />
    </section>
  )
}
