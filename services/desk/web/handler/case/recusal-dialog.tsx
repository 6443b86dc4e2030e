import { BodyLong, Textarea } from '@navikt/ds-react'
import { useState } from 'react'
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
  const [reason, setReason] = useState('')
  const [isTried, setIsTried] = useState(false)
  const submit = () => {
    setIsTried(true)
    if (reason.trim() !== '') act.send({ reason: reason.trim() }, onDone)
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
        onChange={({ target }) => setReason(target.value)}
        maxLength={1000}
        minRows={3}
        error={isTried && reason.trim() === '' && form.required}
      />
    </ActDialog>
  )
}
