import { BodyLong, Textarea } from '@navikt/ds-react'
import { useState } from 'react'
import { DraftNote } from '../../shell/drafts/draft-note.tsx'
import { useDraft } from '../../shell/drafts/use-draft.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { useAct } from '../tasks.ts'
import { handlerTexts } from '../texts.ts'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'

/** Esteellisyys: the task is never offered to this handler again. */
export function RecusalDialog({ task, onDone, ...shown }: ActDialogProps) {
  const t = useTexts(handlerTexts).recusal
  const { form } = useTexts(shellTexts)
  const act = useAct(task, 'recusal')
  const draft = useDraft(['recusal', task.id], { reason: '' })
  const { reason } = draft.value
  const [isTried, setIsTried] = useState(false)
  const submit = () => {
    setIsTried(true)
    if (reason.trim() === '') return
    act.send({ reason: reason.trim() }, () => {
      draft.done()
      return onDone()
    })
  }
  return (
    <ActDialog
      heading={t.heading}
      {...shown}
      onSubmit={submit}
      submitLabel={t.confirm}
      isBusy={act.isBusy}
      onCancel={act.cancel}
      refusal={act.error}
      danger
    >
      <BodyLong size="small">{t.body}</BodyLong>
      <Textarea
        size="small"
        label={t.reason}
        value={reason}
        onChange={({ target }) => draft.change({ reason: target.value })}
        maxLength={1000}
        minRows={3}
        error={isTried && reason.trim() === '' && form.required}
      />
      <DraftNote draft={draft} />
    </ActDialog>
  )
}
