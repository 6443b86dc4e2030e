import { Alert, BodyShort, Button } from '@navikt/ds-react'
import { maySwitchPlanning, newObject, type PlanningState } from '@tasain/contracts'
import { useState } from 'react'
import { showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { ReasonDialog } from '../../shell/parts/reason-dialog.tsx'
import { Told } from '../../shell/parts/told.tsx'
import { useSession } from '../../shell/server/session.tsx'
import { managerTexts } from '../texts.ts'
import { useLatestPlan, useSwitchPlanning } from './load.ts'

type Planning = { planning: PlanningState }
type Act = 'stop' | 'start'

/** That levelling stands still, by whom, when and why; for those who may, whether it runs and the way to turn it. */
export function LevellingPanel() {
  const plan = useLatestPlan()
  if (!maySwitchPlanning(useSession())) return <LevellingStopped />
  return (
    <QueryView query={plan} rows={1}>
      {({ planning }) => <Switch planning={planning} />}
    </QueryView>
  )
}

/** Says so while levelling stands still; nothing while it runs. */
export function LevellingStopped() {
  const planning = useLatestPlan().data?.planning
  return planning && !planning.on ? <State planning={planning} /> : null
}

function State({ planning: { on, by, at, reason } }: Planning) {
  const t = useTexts(managerTexts).levelling
  const turned = by !== null && at !== null && t.turnedBy(by, showMoment(at), reason ?? '')
  if (on)
    return (
      <BodyShort size="small">
        {t.running} {turned}
      </BodyShort>
    )
  return (
    <Alert variant="warning" size="small">
      {t.stopped} {turned || t.bySetting}
    </Alert>
  )
}

function Switch({ planning }: Planning) {
  const t = useTexts(managerTexts).levelling
  // What the dialog asks stays as it was, although somebody else may turn the switch meanwhile.
  const [asked, setAsked] = useState<Act>()
  const [done, setDone] = useState<Act>()
  const act: Act = planning.on ? 'stop' : 'start'
  const isHeldBySetting = !planning.on && planning.by === null
  const finish = (turned: Act) => {
    setDone(turned)
    setAsked(undefined)
  }
  return (
    <section className="stack" aria-label={t.label}>
      <Told words={done !== undefined && done !== act ? t[done].done : undefined} />
      <div className={planning.on ? 'row' : 'stack'}>
        <State planning={planning} />
        {!isHeldBySetting && (
          <div>
            <Button type="button" size="small" variant="secondary" onClick={() => setAsked(act)}>
              {t[act].confirm}
            </Button>
          </div>
        )}
      </div>
      {asked && <SwitchDialog act={asked} onClose={() => setAsked(undefined)} onDone={() => finish(asked)} />}
    </section>
  )
}

type DialogProps = { act: Act; onClose: () => void; onDone: () => void }

function SwitchDialog({ act, onClose, onDone }: DialogProps) {
  const t = useTexts(managerTexts).levelling
  const turn = useSwitchPlanning()
  const close = () => {
    turn.cancel()
    onClose()
  }
  return (
    <ReasonDialog
      place={[act === 'stop' ? 'planning-stop' : 'planning-start', newObject]}
      texts={t[act]}
      isBusy={turn.isBusy}
      refusal={turn.error}
      onClose={close}
      onConfirm={(reason, done) =>
        turn.send({ on: act === 'start', reason }, () => {
          done()
          onDone()
        })
      }
    />
  )
}
