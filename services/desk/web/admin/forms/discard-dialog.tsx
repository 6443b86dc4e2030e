import { BodyLong, Button, Modal } from '@navikt/ds-react'
import { useState } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'
import { useDiscardForms } from './forms.ts'

/** Asks before drafts are thrown away, as many as were chosen when it was opened. */
export function DiscardDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const t = useTexts(adminTexts).forms
  const { form } = useTexts(shellTexts)
  const [count] = useState(ids.length)
  const discard = useDiscardForms()
  const close = () => {
    discard.cancel()
    onClose()
  }
  const finish = () => {
    announce(t.discarded(count))
    onClose()
  }
  return (
    <Modal open onClose={close} header={{ heading: t.discardHeading(count), size: 'small' }} width={520}>
      <Modal.Body>
        <div className="stack">
          <BodyLong size="small">{t.discardBody}</BodyLong>
          {discard.error && <RefusalAlert refusal={discard.error} />}
        </div>
      </Modal.Body>
      <Modal.Footer>
        <SendButton
          size="small"
          isBusy={discard.isBusy}
          isIdle={ids.length === 0}
          data-color="danger"
          onClick={() => discard.send(ids, finish)}
        >
          {t.discard(count)}
        </SendButton>
        <Button type="button" size="small" variant="secondary" onClick={close}>
          {form.cancel}
        </Button>
      </Modal.Footer>
    </Modal>
  )
}
