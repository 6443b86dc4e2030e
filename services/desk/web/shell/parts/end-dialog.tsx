import type { DraftPlace } from '../drafts/draft.ts'
import type { Sending } from '../server/sending.ts'
import { ReasonDialog } from './reason-dialog.tsx'

type Props = {
  place: DraftPlace
  texts: { heading: string; body: string; reason: string; confirm: string }
  sending: Sending<{ reason: string }, unknown>
  onClose: () => void
  onDone: () => void
}

/** Asks for the reason with which an entry of a list is ended, and ends it. */
export function EndDialog({ place, texts, sending, onClose, onDone }: Props) {
  const close = () => {
    sending.cancel()
    onClose()
  }
  const confirm = (reason: string, done: () => void) =>
    sending.send({ reason }, () => {
      done()
      onDone()
    })
  return (
    <ReasonDialog
      place={place}
      texts={texts}
      isBusy={sending.isBusy}
      refusal={sending.error}
      onClose={close}
      onConfirm={confirm}
    />
  )
}
