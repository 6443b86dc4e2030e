import { Alert, BodyShort, Button } from '@navikt/ds-react'
import type { ApplicationDetail, LiftOutcome, PendingLift } from '@tasain/contracts'
import { useState } from 'react'
import { showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { ReasonDialog } from '../../shell/parts/reason-dialog.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { clerkTexts } from '../texts.ts'
import { useAskLift, useDecideLift } from './lifts.ts'

type Application = ApplicationDetail['application']

/** That an application is under protection, and the way to lift that: one clerk asks, another decides. */
export function LiftPanel({ application, onTold }: { application: Application; onTold: (words: string) => void }) {
  const t = useTexts(clerkTexts).lift
  const [isAsking, setIsAsking] = useState(false)
  const { id, lift } = application
  return (
    <Alert variant="warning" size="small" className="gap-below">
      <section className="stack" aria-label={t.label}>
        <BodyShort size="small">{t.holds}</BodyShort>
        {lift ? (
          <Pending id={id} lift={lift} onTold={onTold} />
        ) : (
          <div>
            <Button type="button" size="xsmall" variant="secondary" onClick={() => setIsAsking(true)}>
              {t.ask.confirm}
            </Button>
          </div>
        )}
      </section>
      {isAsking && (
        <AskDialog
          id={id}
          onClose={() => setIsAsking(false)}
          onDone={() => {
            setIsAsking(false)
            onTold(t.asked)
          }}
        />
      )}
    </Alert>
  )
}

type PendingProps = { id: string; lift: PendingLift; onTold: (words: string) => void }

function Pending({ id, lift, onTold }: PendingProps) {
  const t = useTexts(clerkTexts).lift
  const decide = useDecideLift(id)
  const [isRefusing, setIsRefusing] = useState(false)
  const closeRefusal = () => {
    decide.cancel()
    setIsRefusing(false)
  }
  const send = (outcome: LiftOutcome, reason = '', done?: () => void) =>
    decide.send({ request: lift.id, outcome, reason }, () => {
      done?.()
      setIsRefusing(false)
      onTold(t.done[outcome])
    })
  return (
    <>
      <BodyShort size="small">
        <strong>{t.pending(lift.askedBy, showMoment(lift.askedAt))}</strong> {lift.reason}
      </BodyShort>
      {lift.isOwn && <BodyShort size="small">{t.waits}</BodyShort>}
      {decide.error && !isRefusing && <RefusalAlert refusal={decide.error} />}
      <div className="row">
        {lift.isOwn ? (
          <SendButton size="xsmall" variant="secondary" isBusy={decide.isBusy} onClick={() => send('withdrawn')}>
            {t.withdraw}
          </SendButton>
        ) : (
          <>
            <SendButton size="xsmall" isBusy={decide.isBusy} onClick={() => send('approved')}>
              {t.approve}
            </SendButton>
            <Button type="button" size="xsmall" variant="secondary" onClick={() => setIsRefusing(true)}>
              {t.refuse.confirm}
            </Button>
          </>
        )}
      </div>
      {isRefusing && (
        <ReasonDialog
          place={['lift-refusal', id]}
          texts={t.refuse}
          isBusy={decide.isBusy}
          refusal={decide.error}
          onClose={closeRefusal}
          onConfirm={(reason, done) => send('refused', reason, done)}
        />
      )}
    </>
  )
}

function AskDialog({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const t = useTexts(clerkTexts).lift
  const ask = useAskLift(id)
  const close = () => {
    ask.cancel()
    onClose()
  }
  return (
    <ReasonDialog
      place={['lift', id]}
      texts={t.ask}
      isBusy={ask.isBusy}
      refusal={ask.error}
      onClose={close}
      onConfirm={(reason, done) =>
        ask.send({ reason }, () => {
          done()
          onDone()
        })
      }
    />
  )
}
