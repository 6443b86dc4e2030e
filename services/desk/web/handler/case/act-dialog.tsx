import { Button, Modal } from '@navikt/ds-react'
import type { HeldTask } from '@tasain/contracts'
import type { FormEvent, ReactNode } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { shellTexts } from '../../shell/texts.ts'

/** What the dialog of an act gets: the task in hand, whether it is open, and whom to tell. */
export type ActDialogProps = { task: HeldTask; open: boolean; onClose: () => void; onDone: () => void }

type Props = {
  heading: string
  open: boolean
  onClose: () => void
  onSubmit: () => void
  submitLabel: string
  busy: boolean
  refusal: unknown
  /** Another way than closing, such as back to the form. */
  extra?: ReactNode
  danger?: boolean
  children: ReactNode
}

/** A dialog with one form in it. */
export function ActDialog(props: Props) {
  const { heading, open, onClose, onSubmit, submitLabel, busy, refusal, extra, danger = false, children } = props
  const { form } = useTexts(shellTexts)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal open={open} onClose={onClose} header={{ heading, size: 'small' }} width={560}>
      <form onSubmit={submit} noValidate>
        <Modal.Body>
          <div className="stack">
            {children}
            {refusal ? <RefusalAlert refusal={refusal} /> : null}
          </div>
        </Modal.Body>
        <Modal.Footer>
          <Button type="submit" size="small" loading={busy} data-color={danger ? 'danger' : 'accent'}>
            {submitLabel}
          </Button>
          {extra}
          <Button type="button" size="small" variant="tertiary" onClick={onClose}>
            {form.cancel}
          </Button>
        </Modal.Footer>
      </form>
    </Modal>
  )
}
