import { BodyLong, Radio, RadioGroup, Textarea } from '@navikt/ds-react'
import { useState } from 'react'
import { DraftNote } from '../../shell/drafts/draft-note.tsx'
import { useDraft } from '../../shell/drafts/use-draft.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { listKeys, shellTexts } from '../../shell/texts.ts'
import { useAct } from '../tasks.ts'
import type { HandlerTexts } from '../texts.fi.ts'
import { handlerTexts } from '../texts.ts'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'

type Reason = keyof HandlerTexts['returnReasons']
type Return = { reason: Reason | null; note: string }

/** Palauta jonoon: always with a reason. */
export function ReturnDialog({ task, onDone, ...shown }: ActDialogProps) {
  const t = useTexts(handlerTexts)
  const { form } = useTexts(shellTexts)
  const act = useAct(task, 'return')
  const draft = useDraft<Return>(['return', task.id], { reason: null, note: '' })
  const { reason, note } = draft.value
  const [isTried, setIsTried] = useState(false)
  const submit = () => {
    setIsTried(true)
    if (!reason) return
    act.send({ reason, note: note.trim() }, () => {
      draft.done()
      return onDone()
    })
  }
  return (
    <ActDialog
      heading={t.return.heading}
      {...shown}
      onSubmit={submit}
      submitLabel={t.return.confirm}
      isBusy={act.isBusy}
      onCancel={act.cancel}
      refusal={act.error}
    >
      <BodyLong size="small">{t.return.body}</BodyLong>
      <RadioGroup
        size="small"
        legend={t.return.reason}
        value={reason ?? ''}
        onChange={(value: Reason) => draft.change({ reason: value })}
        error={isTried && !reason && t.return.choose}
      >
        {listKeys(t.returnReasons).map((key) => (
          <Radio key={key} value={key}>
            {t.returnReasons[key]}
          </Radio>
        ))}
      </RadioGroup>
      <Textarea
        size="small"
        label={`${t.return.note} ${form.optional}`}
        value={note}
        onChange={({ target }) => draft.change({ note: target.value })}
        maxLength={1000}
        minRows={2}
      />
      <DraftNote draft={draft} />
    </ActDialog>
  )
}
