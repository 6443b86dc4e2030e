import { Button } from '@navikt/ds-react'
import type { RuleVersion } from '@tasain/contracts'
import { useState } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { useSession } from '../../shell/server/session.tsx'
import { managerTexts } from '../texts.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { RuleFormDialog } from './rule-form-dialog.tsx'
import { useApproveRule, useEndRule } from './rules.ts'

type Props = { rule: RuleVersion; onTold: (words: string) => void }

/** What a manager can do with a rule as it stands: approve another's draft, change it, end it. */
export function RuleActions({ rule, onTold }: Props) {
  const t = useTexts(managerTexts)
  const { name, roles } = useSession()
  const [open, setOpen] = useState<'change' | 'end'>()
  const approve = useApproveRule(rule.id)
  const end = useEndRule(rule.id)
  if (!roles.includes('manager')) return null
  const mayApprove = rule.needsApproval && rule.author !== name
  return (
    <div className="row">
      {mayApprove && (
        <Button
          type="button"
          size="xsmall"
          loading={approve.isPending}
          onClick={() => approve.mutate(rule.version, { onSuccess: () => onTold(t.rules.approved) })}
        >
          {t.rules.approve}
        </Button>
      )}
      {rule.endedBy === null && (
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => setOpen('change')}>
          {t.rules.change}
        </Button>
      )}
      {rule.state !== 'ended' && rule.endedBy === null && (
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => setOpen('end')}>
          {t.rules.end}
        </Button>
      )}
      {approve.isError && <RefusalAlert refusal={approve.error} />}
      {open === 'change' && (
        <RuleFormDialog
          rule={rule}
          onClose={() => setOpen(undefined)}
          onSaved={(saved) => {
            setOpen(undefined)
            onTold(saved.needsApproval ? t.rules.savedDraft : t.rules.saved)
          }}
        />
      )}
      {open === 'end' && (
        <ReasonDialog
          texts={t.end}
          busy={end.isPending}
          refusal={end.error}
          onClose={() => setOpen(undefined)}
          onConfirm={(reason) =>
            end.mutate(reason, {
              onSuccess: (saved) => {
                setOpen(undefined)
                onTold(saved.needsApproval ? t.rules.waitsEnd : t.rules.ended)
              },
            })
          }
        />
      )}
    </div>
  )
}
