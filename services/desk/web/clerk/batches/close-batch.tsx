import { Alert, BodyLong, Button, Modal, Textarea } from '@navikt/ds-react'
import type { Batch } from '@tasain/contracts'
import { useState } from 'react'
import { DraftNote } from '../../shell/drafts/draft-note.tsx'
import { useDraft } from '../../shell/drafts/use-draft.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { clerkTexts } from '../texts.ts'
import { isOff, useCloseBatch } from './batches.ts'
import { describeDifference, OpenPages } from './tally-card.tsx'

/** The button that closes a batch, once it has been asked whether that is meant. */
export function CloseBatch({ batch, onClosed }: { batch: Batch; onClosed?: () => void }) {
  const texts = useTexts(clerkTexts)
  const t = texts.batches
  const { form } = useTexts(shellTexts)
  const [isAsking, setIsAsking] = useState(false)
  const draft = useDraft(['batch-closing', batch.id], { reason: '' })
  const { reason } = draft.value
  const [isReasonMissed, setIsReasonMissed] = useState(false)
  const close = useCloseBatch(batch.id)
  const stopAsking = () => {
    close.cancel()
    setIsAsking(false)
  }
  const confirm = () => {
    const isMissing = isOff(batch) && reason.trim().length < 3
    setIsReasonMissed(isMissing)
    if (isMissing) return
    close.send(isOff(batch) ? { reason: reason.trim() } : {}, () => {
      draft.done()
      setIsAsking(false)
      onClosed?.()
    })
  }
  return (
    <>
      <Button type="button" size="small" onClick={() => setIsAsking(true)}>
        {t.close}
      </Button>
      <Modal open={isAsking} onClose={stopAsking} header={{ heading: t.closing.heading, size: 'small' }} width={480}>
        <Modal.Body>
          <div className="stack">
            <BodyLong size="small">{t.closing.body}</BodyLong>
            <OpenPages batch={batch} />
            {isOff(batch) && (
              <>
                <Alert variant="warning" size="small">
                  {describeDifference(batch, texts)}
                </Alert>
                <Textarea
                  size="small"
                  label={t.closing.reason}
                  description={t.closing.reasonHelp}
                  value={reason}
                  onChange={({ target }) => draft.change({ reason: target.value })}
                  error={isReasonMissed && t.closing.reasonMissing}
                  maxLength={500}
                />
                <DraftNote draft={draft} />
              </>
            )}
          </div>
          {close.error && <RefusalAlert refusal={close.error} />}
        </Modal.Body>
        <Modal.Footer>
          <SendButton size="small" isBusy={close.isBusy} onClick={confirm}>
            {t.closing.confirm}
          </SendButton>
          <Button type="button" size="small" variant="secondary" onClick={stopAsking}>
            {form.cancel}
          </Button>
        </Modal.Footer>
      </Modal>
    </>
  )
}
