import { Button } from '@navikt/ds-react'
import type { RuleVersion } from '@tasain/contracts'
import { useState } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { managerTexts } from '../texts.ts'
import { ApproveDialog } from './approve-dialog.tsx'
import { RuleFormDialog } from './form/rule-form-dialog.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { useEndRule } from './rules.ts'

type Props = { rule: RuleVersion; onTold: (words: string) => void }

/** What the server lets the reader do with a rule as it stands: approve another's draft, change it, end it. */
export function RuleActions({ rule, onTold }: Props) {
  const t = useTexts(managerTexts)
  const [open, setOpen] = useState<'approve' | 'change' | 'end'>()
  const end = useEndRule(rule.id)
  const close = () => setOpen(undefined)
  const tell = (words: string) => {
    close()
    onTold(words)
  }
  const may = (act: RuleVersion['allows'][number]) => rule.allows.includes(act)
  return (
    <div className="row">
      {may('approve') && (
        <Button type="button" size="xsmall" onClick={() => setOpen('approve')}>
          {t.rules.approve}
        </Button>
      )}
      {may('change') && (
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => setOpen('change')}>
          {t.rules.change}
        </Button>
      )}
      {may('end') && (
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => setOpen('end')}>
          {t.rules.end}
        </Button>
      )}
      {open === 'approve' && <ApproveDialog rule={rule} onClose={close} onApproved={() => tell(t.rules.approved)} />}
      {open === 'change' && (
        <RuleFormDialog
          rule={rule}
          onClose={close}
          onSaved={(saved) => tell(saved.needsApproval ? t.rules.savedDraft : t.rules.saved)}
        />
      )}
      {open === 'end' && (
        <ReasonDialog
          texts={t.end}
          isBusy={end.isBusy}
          refusal={end.error}
          onClose={close}
          onConfirm={(reason) =>
            end.send({ reason }, (saved) => tell(saved.needsApproval ? t.rules.waitsEnd : t.rules.ended))
          }
        />
      )}
    </div>
  )
}
