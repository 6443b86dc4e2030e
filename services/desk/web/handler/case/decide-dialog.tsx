import { BodyLong, Button, Radio, RadioGroup, Textarea } from '@navikt/ds-react'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { DraftNote } from '../../shell/drafts/draft-note.tsx'
import { useDraft } from '../../shell/drafts/use-draft.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { listKeys, shellTexts } from '../../shell/texts.ts'
import { useAct } from '../tasks.ts'
import type { HandlerTexts } from '../texts.fi.ts'
import { handlerTexts } from '../texts.ts'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'

type Outcome = keyof HandlerTexts['outcomes']
type Decision = { outcome: Outcome | null; grounds: string }

/** Päätä: outcome and grounds, then a second look before it is final. */
export function DecideDialog({ task, onDone, ...shown }: ActDialogProps) {
  const t = useTexts(handlerTexts)
  const { form } = useTexts(shellTexts)
  const act = useAct(task, 'decision')
  const draft = useDraft<Decision>(['decision', task.id], { outcome: null, grounds: '' })
  const { outcome, grounds } = draft.value
  const [isReviewing, setIsReviewing] = useState(false)
  const [isTried, setIsTried] = useState(false)
  const review = useRef<HTMLDListElement>(null)
  const groundsField = useRef<HTMLTextAreaElement>(null)
  const look = (again: boolean) => {
    flushSync(() => setIsReviewing(again))
    // What had the focus is gone: the second look, and a change after it, begin where it was.
    if (again) review.current?.focus()
    else groundsField.current?.focus()
  }
  const isComplete = outcome !== null && grounds.trim() !== ''
  const finish = () => {
    draft.done()
    return onDone()
  }
  const submit = () => {
    setIsTried(true)
    if (!isComplete) return
    if (isReviewing) act.send({ outcome, grounds: grounds.trim() }, finish)
    else look(true)
  }
  return (
    <ActDialog
      heading={isReviewing ? t.decide.reviewHeading : t.decide.heading}
      {...shown}
      onSubmit={submit}
      submitLabel={isReviewing ? t.decide.confirm : t.decide.review}
      isBusy={act.isBusy}
      onCancel={act.cancel}
      refusal={act.error}
      extra={
        isReviewing && (
          <Button type="button" size="small" variant="secondary" onClick={() => look(false)}>
            {t.decide.edit}
          </Button>
        )
      }
    >
      {isReviewing && outcome ? (
        <>
          <dl className="facts told" ref={review} tabIndex={-1}>
            <div>
              <dt>{t.decide.outcome}</dt>
              <dd>{t.outcomes[outcome]}</dd>
            </div>
          </dl>
          <BodyLong size="small" className="grounds">
            {grounds}
          </BodyLong>
          <BodyLong size="small">{t.decide.reviewBody}</BodyLong>
        </>
      ) : (
        <>
          <RadioGroup
            size="small"
            legend={t.decide.outcome}
            value={outcome ?? ''}
            onChange={(value: Outcome) => draft.change({ outcome: value })}
            error={isTried && outcome === null && form.required}
          >
            {listKeys(t.outcomes).map((key) => (
              <Radio key={key} value={key}>
                {t.outcomes[key]}
              </Radio>
            ))}
          </RadioGroup>
          <Textarea
            size="small"
            ref={groundsField}
            label={t.decide.grounds}
            description={t.decide.groundsHelp}
            value={grounds}
            onChange={({ target }) => draft.change({ grounds: target.value })}
            maxLength={4000}
            minRows={4}
            error={isTried && grounds.trim() === '' && form.required}
          />
          <DraftNote draft={draft} />
        </>
      )}
    </ActDialog>
  )
}
