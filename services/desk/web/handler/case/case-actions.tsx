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

type Props = { task: HeldTask; isLost: boolean; onLost: () => void }

/**
 * The four things that can be done with a task in hand; each asks in a dialog that keeps what was typed. Of a task that has
 * left one's hands only the dialog that stands open remains.
 */
export function CaseActions({ task, isLost, onLost }: Props) {
  const t = useTexts(handlerTexts).case
  const navigate = useNavigate()
  const [open, setOpen] = useState<Act>()
  useShortcuts(
    isLost
      ? []
      : [
          { key: 'd', label: t.decide, run: () => setOpen('decision') },
          { key: 'i', label: t.information, run: () => setOpen('information-request') },
          { key: 'b', label: t.return, run: () => setOpen('return') },
        ],
  )
  const propsFor = (act: Act): ActDialogProps => ({
    task,
    open: open === act,
    onClose: () => setOpen(undefined),
    isLost,
    onLost,
    onDone: () => navigate('/tasks', { state: act }),
  })
  return (
    <>
      {!isLost && <ActButtons onOpen={setOpen} />}
      <DecideDialog {...propsFor('decision')} />
      <InformationDialog {...propsFor('information-request')} />
      <ReturnDialog {...propsFor('return')} />
      <RecusalDialog {...propsFor('recusal')} />
    </>
  )
}

function ActButtons({ onOpen }: { onOpen: (act: Act) => void }) {
  const t = useTexts(handlerTexts).case
  return (
    <section className="case-actions" aria-label={t.actions}>
      <Button type="button" size="small" onClick={() => onOpen('decision')}>
        {t.decide}
      </Button>
      <Button type="button" size="small" variant="secondary" onClick={() => onOpen('information-request')}>
        {t.information}
      </Button>
      <Button type="button" size="small" variant="secondary" onClick={() => onOpen('return')}>
        {t.return}
      </Button>
      <Button type="button" size="small" variant="tertiary" onClick={() => onOpen('recusal')}>
        {t.recuse}
      </Button>
    </section>
  )
}
