import { ClockIcon } from '@navikt/aksel-icons'
import { Alert } from '@navikt/ds-react'
import type { HeldTask } from '@tasain/contracts'
import { useEffect, useState } from 'react'
import { showCountdown } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { useExtendLease } from '../tasks.ts'
import { handlerTexts } from '../texts.ts'

const warningMs = 5 * 60_000

/** How long the task stays in hand, the way to keep it, and a warning while there is still time. */
export function Lease({ task }: { task: HeldTask }) {
  const t = useTexts(handlerTexts).case
  const extend = useExtendLease(task)
  const left = useTimeLeft(task.leaseUntil)
  const isEnding = left > 0 && left < warningMs
  useEffect(() => {
    if (isEnding) announce(t.leaseEnding(showCountdown(warningMs)))
  }, [isEnding, t])
  const keep = () => extend.send(undefined, () => announce(t.extended))
  return (
    <div className="lease">
      <div className="row">
        <LeaseLeft until={task.leaseUntil} />
        <SendButton size="xsmall" variant="secondary" isBusy={extend.isBusy} onClick={keep}>
          {t.extend}
        </SendButton>
      </div>
      {isEnding && (
        <Alert variant="warning" size="small">
          {t.leaseEnding(showCountdown(left))}
        </Alert>
      )}
      {left <= 0 && (
        <Alert variant="error" size="small" role="alert">
          {t.leaseEnded}
        </Alert>
      )}
      {extend.error && <RefusalAlert refusal={extend.error} />}
    </div>
  )
}

export function LeaseLeft({ until }: { until: string }) {
  const t = useTexts(handlerTexts).case
  const left = useTimeLeft(until)
  return (
    <span className={left < warningMs ? 'state state-doubt' : 'state state-still'} role="timer">
      <ClockIcon aria-hidden />
      {t.lease(showCountdown(left))}
    </span>
  )
}

/** Milliseconds until an instant, counted anew each second. */
function useTimeLeft(until: string): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [])
  return new Date(until).getTime() - now
}
