import { Alert, Button, Modal } from '@navikt/ds-react'
import type { HeldTask } from '@tasain/contracts'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { NextButton } from '../next/next-button.tsx'
import { saysLost } from '../tasks.ts'
import { handlerTexts } from '../texts.ts'

/** What the dialog of an act gets: the task, whether the dialog is open, whether the task is lost, and whom to tell. */
export type ActDialogProps = {
  task: HeldTask
  open: boolean
  isLost: boolean
  onClose: () => void
  onDone: () => unknown
  onLost: () => void
}

type Props = Omit<ActDialogProps, 'task' | 'onDone'> & {
  heading: string
  onSubmit: () => void
  /** Takes back what was sent and is not answered; closing the dialog does. */
  onCancel: () => void
  submitLabel: string
  isBusy: boolean
  refusal: unknown
  /** Another way than closing, such as back to the form. */
  extra?: ReactNode
  danger?: boolean
  children: ReactNode
}

/** A dialog with one form in it; once the task has left one's hands it can only be read, and leads on. */
export function ActDialog(props: Props) {
  const {
    heading,
    open,
    isLost,
    onClose,
    onCancel,
    onLost,
    onSubmit,
    submitLabel,
    isBusy,
    refusal,
    extra,
    danger = false,
    children,
  } = props
  const { form } = useTexts(shellTexts)
  const isRefusedAsLost = saysLost(refusal)
  useEffect(() => {
    if (isRefusedAsLost) onLost()
  }, [isRefusedAsLost, onLost])
  // What was sent without an answer may be why the task has left: then that is told, and the page goes on as after it.
  useEffect(() => {
    if (isLost && !isBusy) onCancel()
  }, [isLost, isBusy, onCancel])
  const close = () => {
    onCancel()
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isLost) onSubmit()
  }
  return (
    <Modal open={open} onClose={close} header={{ heading, size: 'small' }} width={560}>
      <form onSubmit={submit} noValidate>
        <Modal.Body>
          <div className="stack">
            <fieldset className="stack bare" disabled={isLost}>
              {children}
            </fieldset>
            {isLost ? <LostWords /> : refusal ? <RefusalAlert refusal={refusal} /> : null}
          </div>
        </Modal.Body>
        <Modal.Footer>
          {isLost ? (
            <NextButton />
          ) : (
            <>
              <SendButton type="submit" size="small" isBusy={isBusy} data-color={danger ? 'danger' : 'accent'}>
                {submitLabel}
              </SendButton>
              {extra}
            </>
          )}
          <Button type="button" size="small" variant="tertiary" onClick={close}>
            {isLost ? form.close : form.cancel}
          </Button>
        </Modal.Footer>
      </form>
    </Modal>
  )
}

function LostWords() {
  const t = useTexts(handlerTexts).case
  const words = useRef<HTMLDivElement>(null)
  // The button that was pressed is gone, and the fields can no longer be reached.
  useEffect(() => words.current?.focus(), [])
  return (
    <Alert variant="error" size="small" role="alert" ref={words} tabIndex={-1} className="told">
      {t.lost}
    </Alert>
  )
}
