import { BodyLong, Button, Modal, Textarea } from '@navikt/ds-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { DraftPlace } from '../drafts/draft.ts'
import { DraftNote } from '../drafts/draft-note.tsx'
import { type NotedDraft, useDraft } from '../drafts/use-draft.ts'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { RefusalAlert } from './refusal-alert.tsx'
import { SendButton } from './send-button.tsx'

type ReasonProps = {
  texts: { heading: string; body: string; reason: string; confirm: string }
  isBusy: boolean
  refusal: unknown
  onClose: () => void
  /** `done`: to be called once the act is done, so that nothing of the reason is kept. */
  onConfirm: (reason: string, done: () => void) => void
  /** What else is asked, above the reason; `onTry` when what was given is to be looked at. */
  children?: ReactNode
  onTry?: () => void
}

const shortest = 3

type Reason = { reason: string }

/** Asks for the reason that goes with an act into the history; `place`: where what is typed is kept meanwhile. */
export function ReasonDialog({ place, ...rest }: ReasonProps & { place: DraftPlace }) {
  const draft = useDraft<Reason>(place, { reason: '' })
  return <ReasonForm {...rest} draft={draft} onReason={(reason) => draft.change({ reason })} />
}

type FormProps = ReasonProps & { draft: NotedDraft<Reason>; onReason: (reason: string) => void }

/** The same of an act that asks for more, whose draft holds that too. */
export function ReasonForm({ draft, onReason, ...rest }: FormProps) {
  const { texts, isBusy, refusal, onClose, onConfirm, children, onTry } = rest
  const { form } = useTexts(shellTexts)
  const { reason } = draft.value
  const [isTried, setIsTried] = useState(false)
  const isShort = reason.trim().length < shortest
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsTried(true)
    onTry?.()
    if (!isShort) onConfirm(reason.trim(), draft.done)
  }
  return (
    <Modal open onClose={onClose} header={{ heading: texts.heading, size: 'small' }} width={520}>
      <form onSubmit={submit} noValidate>
        <Modal.Body>
          <div className="stack">
            <BodyLong size="small">{texts.body}</BodyLong>
            {children}
            <Textarea
              size="small"
              label={texts.reason}
              value={reason}
              onChange={({ target }) => onReason(target.value)}
              maxLength={1000}
              minRows={2}
              error={isTried && isShort && form.reason}
            />
            <DraftNote draft={draft} />
            {refusal ? <RefusalAlert refusal={refusal} /> : null}
          </div>
        </Modal.Body>
        <Modal.Footer>
          <SendButton type="submit" size="small" isBusy={isBusy}>
            {texts.confirm}
          </SendButton>
          <Button type="button" size="small" variant="tertiary" onClick={onClose}>
            {form.cancel}
          </Button>
        </Modal.Footer>
      </form>
    </Modal>
  )
}
