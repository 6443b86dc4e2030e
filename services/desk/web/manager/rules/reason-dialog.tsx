import { BodyLong, Button, Modal, Textarea } from '@navikt/ds-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { managerTexts } from '../texts.ts'

type Props = {
  texts: { heading: string; body: string; reason: string; confirm: string }
  isBusy: boolean
  refusal: unknown
  onClose: () => void
  onConfirm: (reason: string) => void
  /** What else is asked, above the reason; `onTry` when what was given is to be looked at. */
  children?: ReactNode
  onTry?: () => void
}

const shortest = 3

/** Asks for the reason that goes with an act into the history. */
export function ReasonDialog({ texts, isBusy, refusal, onClose, onConfirm, children, onTry }: Props) {
  const t = useTexts(managerTexts)
  const { form } = useTexts(shellTexts)
  const [reason, setReason] = useState('')
  const [isTried, setIsTried] = useState(false)
  const isShort = reason.trim().length < shortest
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsTried(true)
    onTry?.()
    if (!isShort) onConfirm(reason.trim())
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
              onChange={({ target }) => setReason(target.value)}
              maxLength={1000}
              minRows={2}
              error={isTried && isShort && t.form.problems.reason}
            />
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
