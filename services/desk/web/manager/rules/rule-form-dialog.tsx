import { Alert, BodyLong, Button, Modal, Textarea } from '@navikt/ds-react'
import type { RuleVersion } from '@tasain/contracts'
import { type FormEvent, useState } from 'react'
import { getToday } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { DateField } from '../../shell/parts/date-field.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { managerTexts } from '../texts.ts'
import {
  checkDraft,
  type RuleDraft,
  reachesAcross,
  readScope,
  readValue,
  startDraft,
  toWriteRule,
} from './rule-draft.ts'
import { KindFields, ScopeField } from './rule-form-fields.tsx'
import { nameScope, sayRule, saySpan } from './rule-words.ts'
import { useWriteRule } from './rules.ts'

type Props = { rule?: RuleVersion; onClose: () => void; onSaved: (rule: RuleVersion) => void }

/** A rule as a sentence with gaps: where, what, from when until when, and why; a new one or a new version. */
export function RuleFormDialog({ rule, onClose, onSaved }: Props) {
  const t = useTexts(managerTexts)
  const { form } = useTexts(shellTexts)
  const [draft, setDraft] = useState(() => startDraft(getToday(), rule))
  const [isTried, setIsTried] = useState(false)
  const write = useWriteRule(rule?.id)
  const found = checkDraft(draft)
  const problems = isTried ? found : {}
  const change = (part: Partial<RuleDraft>) => setDraft((before) => ({ ...before, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsTried(true)
    if (Object.keys(found).length === 0) write.send(toWriteRule(draft, getToday()), onSaved)
  }
  return (
    <Modal
      open
      onClose={onClose}
      header={{ heading: rule ? t.form.changeHeading : t.form.addHeading, size: 'small' }}
      width={640}
    >
      <form onSubmit={submit} noValidate>
        <Modal.Body>
          <div className="stack">
            <ScopeField draft={draft} onChange={change} problems={problems} />
            <KindFields draft={draft} onChange={change} problems={problems} isKindFixed={rule !== undefined} />
            <div className="form-grid">
              <DateField
                label={t.form.from}
                value={draft.from}
                min={getToday()}
                onChange={(from) => change({ from })}
                required
                error={problems.from && t.form.problems[problems.from]}
              />
              <DateField
                label={`${t.form.to} ${form.optional}`}
                description={t.form.toHelp}
                value={draft.to}
                min={getToday()}
                onChange={(to) => change({ to })}
                error={problems.to && t.form.problems[problems.to]}
              />
            </div>
            <Textarea
              size="small"
              label={t.form.reason}
              description={t.form.reasonHelp}
              value={draft.reason}
              onChange={({ target }) => change({ reason: target.value })}
              maxLength={1000}
              minRows={2}
              error={problems.reason && t.form.problems[problems.reason]}
            />
            <Preview draft={draft} />
            {write.error && <RefusalAlert refusal={write.error} />}
          </div>
        </Modal.Body>
        <Modal.Footer>
          <SendButton type="submit" size="small" isBusy={write.isBusy}>
            {t.form.save}
          </SendButton>
          <Button type="button" size="small" variant="tertiary" onClick={onClose}>
            {form.cancel}
          </Button>
        </Modal.Footer>
      </form>
    </Modal>
  )
}

function Preview({ draft }: { draft: RuleDraft }) {
  const t = useTexts(managerTexts)
  const { language } = useLanguage()
  const places = usePlaces()
  if (draft.scopeKind === '' || draft.from === null) return null
  const where = nameScope(readScope(draft), places, t)
  return (
    <>
      <div className="preview">
        <BodyLong size="small" weight="semibold">
          {t.form.preview}
        </BodyLong>
        <BodyLong size="small">
          {where}: {sayRule(readValue(draft), t, language)}, {saySpan({ from: draft.from, to: draft.to }, t)}.
        </BodyLong>
      </div>
      {reachesAcross(draft) && (
        <Alert variant="info" size="small">
          {t.form.needsApproval}
        </Alert>
      )}
    </>
  )
}
