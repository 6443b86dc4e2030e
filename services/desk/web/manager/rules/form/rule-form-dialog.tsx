import { Alert, Button, Modal, Textarea } from '@navikt/ds-react'
import { newObject, type RuleVersion } from '@tasain/contracts'
import { type FormEvent, useState } from 'react'
import { DraftNote } from '../../../shell/drafts/draft-note.tsx'
import { useDraft } from '../../../shell/drafts/use-draft.ts'
import { getToday } from '../../../shell/language/format.ts'
import { useTexts } from '../../../shell/language/language.tsx'
import { DateField } from '../../../shell/parts/date-field.tsx'
import { RefusalAlert } from '../../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../../shell/parts/send-button.tsx'
import { toRefusal } from '../../../shell/server/refusal.ts'
import { shellTexts } from '../../../shell/texts.ts'
import { managerTexts } from '../../texts.ts'
import { RulePreview } from '../preview/rule-preview.tsx'
import { useRuleCheck, useWriteRule } from '../rules.ts'
import { LiftsField } from './lifts-field.tsx'
import { PlaceFields } from './place-fields.tsx'
import { RuleReadBack } from './rule-check.tsx'
import { checkDraft, type Problems, type RuleDraft, startDraft, toPreviewRule, toWriteRule } from './rule-draft.ts'
import { KindField, ValueFields } from './value-fields.tsx'

type Props = { rule?: RuleVersion; onClose: () => void; onSaved: (rule: RuleVersion) => void }

/** A rule as a sentence with gaps: what, where, from when until when, and why; a new one or a new version. */
export function RuleFormDialog({ rule, onClose, onSaved }: Props) {
  const t = useTexts(managerTexts)
  const { form } = useTexts(shellTexts)
  const kept = useDraft(['rule', rule?.id ?? newObject], startDraft(getToday(), rule), String(rule?.version ?? ''))
  const draft = kept.value
  const [isTried, setIsTried] = useState(false)
  const write = useWriteRule(rule?.id)
  const [sent, setSent] = useState('')
  const close = () => {
    write.cancel()
    onClose()
  }
  const found = checkDraft(draft)
  const follow = (saved: RuleVersion) => {
    kept.done()
    onSaved(saved)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setIsTried(true)
    if (Object.keys(found).length === 0 && !hasFaults) {
      const whole = toWriteRule(draft, getToday())
      setSent(JSON.stringify(written))
      return void write.send(rule ? { ...whole, since: rule.version } : whole, follow)
    }
    const fields = event.currentTarget
    requestAnimationFrame(() => fields.querySelector<HTMLElement>('[aria-invalid="true"], .rule-faults')?.focus())
  }
  // Why a rule is made says nothing of what it does.
  const isComplete = Object.keys(found).every((field) => field === 'reason')
  const written = toPreviewRule(draft, getToday(), rule?.id)
  const check = useRuleCheck(written, isComplete)
  const hasFaults = !check.isPlaceholderData && check.data !== undefined && check.data.faults.length > 0
  const isTold = hasFaults || (check.error !== null && toRefusal(check.error).code === toRefusal(write.error).code)
  return (
    <Modal
      open
      onClose={close}
      header={{ heading: rule ? t.form.changeHeading : t.form.addHeading, size: 'small' }}
      width={1120}
    >
      <form onSubmit={submit} noValidate>
        <Modal.Body>
          <div className="rule-form">
            <div className="stack">
              {rule?.state === 'draft' && (
                <Alert variant="info" size="small">
                  {t.form.replaces(rule.author)}
                </Alert>
              )}
              <Fields
                key={kept.state.revision}
                draft={draft}
                change={kept.change}
                problems={isTried ? found : {}}
                rule={rule}
              />
              <DraftNote draft={kept} />
            </div>
            <div className="stack">
              <RuleReadBack draft={draft} written={written} isComplete={isComplete} check={check} />
              <RulePreview written={written} isComplete={isComplete} />
            </div>
          </div>
        </Modal.Body>
        {write.error && sent === JSON.stringify(written) && !isTold && (
          <div className="rule-refused">
            <RefusalAlert refusal={write.error} />
          </div>
        )}
        <Modal.Footer>
          <SendButton type="submit" size="small" isBusy={write.isBusy}>
            {t.form.save}
          </SendButton>
          <Button type="button" size="small" variant="tertiary" onClick={close}>
            {form.cancel}
          </Button>
        </Modal.Footer>
      </form>
    </Modal>
  )
}

type FieldsProps = {
  draft: RuleDraft
  change: (part: Partial<RuleDraft>) => void
  problems: Problems
  rule: RuleVersion | undefined
}

function Fields({ draft, change, problems, rule }: FieldsProps) {
  const t = useTexts(managerTexts).form
  const { form } = useTexts(shellTexts)
  const { scope } = toPreviewRule(draft, getToday())
  const hasPlace = draft.kind !== 'quota' && (draft.scopeKind === 'nation' || draft.scopeId !== '')
  return (
    <>
      <KindField draft={draft} onChange={change} isFixed={rule !== undefined} />
      <PlaceFields draft={draft} onChange={change} problems={problems} />
      <ValueFields draft={draft} onChange={change} problems={problems} />
      <div className="form-grid">
        <DateField
          label={t.from}
          value={draft.from}
          min={getToday()}
          onChange={(from) => change({ from })}
          required
          error={problems.from && t.problems[problems.from]}
        />
        <DateField
          label={`${t.to} ${form.optional}`}
          description={t.toHelp}
          value={draft.to}
          min={getToday()}
          onChange={(to) => change({ to })}
          error={problems.to && t.problems[problems.to]}
        />
      </div>
      {hasPlace && (
        <LiftsField scope={scope} lifts={draft.lifts} own={rule?.id} onChange={(lifts) => change({ lifts })} />
      )}
      <Textarea
        size="small"
        label={t.reason}
        description={t.reasonHelp}
        value={draft.reason}
        onChange={({ target }) => change({ reason: target.value })}
        maxLength={1000}
        minRows={2}
        error={problems.reason && t.problems[problems.reason]}
      />
    </>
  )
}
