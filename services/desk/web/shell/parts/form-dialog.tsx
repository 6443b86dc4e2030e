import { Button, Modal } from '@navikt/ds-react'
import type { FormEvent, ReactNode } from 'react'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { RefusalAlert } from './refusal-alert.tsx'
import { SendButton } from './send-button.tsx'

type Props = {
  heading: string
  confirm: string
  isBusy: boolean
  refusal: unknown
  onClose: () => void
  onSubmit: () => void
  children: ReactNode
}

/** A dialog with one form in it. */
export function FormDialog({ heading, confirm, isBusy, refusal, onClose, onSubmit, children }: Props) {
  const { form } = useTexts(shellTexts)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal open onClose={onClose} header={{ heading, size: 'small' }} width={520}>
      <form onSubmit={submit} noValidate autoComplete="off">
        <Modal.Body>
          <div className="stack">
            {children}
            {refusal ? <RefusalAlert refusal={refusal} /> : null}
          </div>
        </Modal.Body>
        <Modal.Footer>
          <SendButton type="submit" size="small" isBusy={isBusy}>
            {confirm}
          </SendButton>
          <Button type="button" size="small" variant="tertiary" onClick={onClose}>
            {form.cancel}
          </Button>
        </Modal.Footer>
      </form>
    </Modal>
  )
}
