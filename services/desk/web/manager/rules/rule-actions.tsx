import { Button } from '@navikt/ds-react'
import type { RuleAct, RuleVersion } from '@tasain/contracts'
import { useState } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { ReasonDialog } from '../../shell/parts/reason-dialog.tsx'
import { managerTexts } from '../texts.ts'
import { ApproveDialog } from './approve-dialog.tsx'
import { RuleFormDialog } from './form/rule-form-dialog.tsx'
import { useEndRule, useWithdrawRule } from './rules.ts'

type Props = { rule: RuleVersion; onTold: (words: string) => void }

/** What the server lets the reader do with a rule as it stands: approve another's draft, change it, end it, take it back. */
export function RuleActions({ rule, onTold }: Props) {
  const t = useTexts(managerTexts)
  // What is decided on stays as it was when it was opened, although somebody else may write meanwhile.
  const [open, setOpen] = useState<{ act: RuleAct; rule: RuleVersion }>()
  const end = useEndRule(rule.id)
  const withdraw = useWithdrawRule(rule.id)
  const close = () => {
    end.cancel()
    withdraw.cancel()
    setOpen(undefined)
  }
  const tell = (words: string) => {
    close()
    onTold(words)
  }
  const may = (act: RuleAct) => rule.allows.includes(act)
  const ask = (act: RuleAct) => setOpen({ act, rule })
  return (
    <div className="row">
      {may('approve') && (
        <Button type="button" size="xsmall" onClick={() => ask('approve')}>
          {t.rules.approve}
        </Button>
      )}
      {may('change') && (
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => ask('change')}>
          {t.rules.change}
        </Button>
      )}
      {may('end') && (
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => ask('end')}>
          {t.rules.end}
        </Button>
      )}
      {may('withdraw') && (
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => ask('withdraw')}>
          {t.rules.withdraw}
        </Button>
      )}
      {open?.act === 'approve' && (
        <ApproveDialog rule={open.rule} onClose={close} onApproved={() => tell(t.rules.approved)} />
      )}
      {open?.act === 'change' && (
        <RuleFormDialog
          rule={open.rule}
          onClose={close}
          onSaved={(saved) => tell(saved.needsApproval ? t.rules.savedDraft : t.rules.saved)}
        />
      )}
      {open?.act === 'end' && (
        <ReasonDialog
          place={['rule-end', rule.id]}
          texts={{ ...t.end, body: rule.endNeedsApproval ? t.end.bodyWaits : t.end.body }}
          isBusy={end.isBusy}
          refusal={end.error}
          onClose={close}
          onConfirm={(reason, done) =>
            end.send({ reason }, (saved) => {
              done()
              tell(saved.needsApproval ? t.rules.waitsEnd : t.rules.ended)
            })
          }
        />
      )}
      {open?.act === 'withdraw' && (
        <ReasonDialog
          place={['rule-withdrawal', rule.id]}
          texts={t.withdraw}
          isBusy={withdraw.isBusy}
          refusal={withdraw.error}
          onClose={close}
          onConfirm={(reason, done) =>
            withdraw.send({ version: open.rule.version, reason }, () => {
              done()
              tell(t.rules.withdrawn)
            })
          }
        />
      )}
    </div>
  )
}
