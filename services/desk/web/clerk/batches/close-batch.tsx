import { BodyLong, Button, Modal } from '@navikt/ds-react'
import type { Batch } from '@tasain/contracts'
import { useState } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { clerkTexts } from '../texts.ts'
import { lacksPages, useCloseBatch } from './batches.ts'

/** The button that closes a batch, once it has been asked whether that is meant. */
export function CloseBatch({ batch, onClosed }: { batch: Batch; onClosed?: () => void }) {
  const t = useTexts(clerkTexts).batches
  const { form } = useTexts(shellTexts)
  const [isAsking, setIsAsking] = useState(false)
  const close = useCloseBatch(batch.id)
  const confirm = () =>
    close.send(undefined, () => {
      setIsAsking(false)
      onClosed?.()
    })
  return (
    <>
      <Button type="button" size="small" onClick={() => setIsAsking(true)}>
        {t.close}
      </Button>
      <Modal
        open={isAsking}
        onClose={() => setIsAsking(false)}
        header={{ heading: t.closing.heading, size: 'small' }}
        width={480}
      >
        <Modal.Body>
          {lacksPages(batch) && (
            <BodyLong size="small" spacing>
              {t.closing.fewer(batch.sheetsCounted ?? 0, batch.counts.pages)}
            </BodyLong>
          )}
          <BodyLong size="small">{t.closing.body}</BodyLong>
          {close.error && <RefusalAlert refusal={close.error} />}
        </Modal.Body>
        <Modal.Footer>
          <SendButton size="small" isBusy={close.isBusy} onClick={confirm}>
            {t.closing.confirm}
          </SendButton>
          <Button type="button" size="small" variant="secondary" onClick={() => setIsAsking(false)}>
            {form.cancel}
          </Button>
        </Modal.Footer>
      </Modal>
    </>
  )
}
