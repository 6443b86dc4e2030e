import { BodyLong, Checkbox, CheckboxGroup, Textarea } from '@navikt/ds-react'
import { addDays, toWorkingDay } from '@tasain/vocabulary'
import { useState } from 'react'
import { DraftNote } from '../../shell/drafts/draft-note.tsx'
import { useDraft } from '../../shell/drafts/use-draft.ts'
import { getToday } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { DateField } from '../../shell/parts/date-field.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { useAct } from '../tasks.ts'
import { handlerTexts } from '../texts.ts'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'

const usualDays = 14
const mostDays = 30

type Request = { ticked: string[]; other: string; deadlineOn: string | null; note: string }

/** Pyydä lisätietoja: which papers are missing and by when they should come. */
export function InformationDialog({ task, onDone, ...shown }: ActDialogProps) {
  const t = useTexts(handlerTexts)
  const { form } = useTexts(shellTexts)
  const act = useAct(task, 'information-request')
  const draft = useDraft<Request>(['information-request', task.id], {
    ticked: [],
    other: '',
    deadlineOn: toWorkingDay(addDays(getToday(), usualDays)),
    note: '',
  })
  const { ticked, other, deadlineOn, note } = draft.value
  const [isTried, setIsTried] = useState(false)
  const missing = [...ticked, ...other.split('\n').map((line) => line.trim())].filter((line) => line !== '')
  const submit = () => {
    setIsTried(true)
    if (missing.length === 0 || deadlineOn === null) return
    act.send({ missing, deadlineOn, note: note.trim() }, () => {
      draft.done()
      return onDone()
    })
  }
  return (
    <ActDialog
      heading={t.information.heading}
      {...shown}
      onSubmit={submit}
      submitLabel={t.information.confirm}
      isBusy={act.isBusy}
      onCancel={act.cancel}
      refusal={act.error}
    >
      <CheckboxGroup
        size="small"
        legend={t.information.missing}
        value={ticked}
        onChange={(values: string[]) => draft.change({ ticked: values })}
        error={isTried && missing.length === 0 && t.information.nothing}
      >
        {t.papers.map((paper) => (
          <Checkbox key={paper} value={paper}>
            {paper}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <Textarea
        size="small"
        label={t.information.other}
        description={t.information.otherHelp}
        value={other}
        onChange={({ target }) => draft.change({ other: target.value })}
        minRows={2}
      />
      <DateField
        key={draft.state.revision}
        label={t.information.deadline}
        description={t.information.deadlineHelp}
        value={deadlineOn}
        onChange={(day) => draft.change({ deadlineOn: day })}
        min={addDays(getToday(), 1)}
        max={addDays(getToday(), mostDays)}
        required
        error={isTried && deadlineOn === null ? form.required : undefined}
      />
      <Textarea
        size="small"
        label={`${t.information.note} ${form.optional}`}
        value={note}
        onChange={({ target }) => draft.change({ note: target.value })}
        maxLength={2000}
        minRows={2}
      />
      <DraftNote draft={draft} />
      <BodyLong size="small" className="quiet">
        {t.information.clocks}
      </BodyLong>
    </ActDialog>
  )
}
