import { Select } from '@navikt/ds-react'
import type { OfficeList, TaskReceivers, TaskSummary } from '@tasain/contracts'
import { useState } from 'react'
import { useDraft } from '../../shell/drafts/use-draft.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { ReasonForm } from '../../shell/parts/reason-dialog.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { Told } from '../../shell/parts/told.tsx'
import { useSession } from '../../shell/server/session.tsx'
import { reasonTexts } from '../moves/reason-texts.ts'
import { useLoad } from '../situation/load.ts'
import { managerTexts } from '../texts.ts'
import { useMoveTask, useReceivers } from './tasks.ts'

type Props = { task: TaskSummary; isAsking: boolean; onClose: () => void }

/** Asks where a task is to go and why, moves it, and offers the way back. */
export function MoveTask({ task, isAsking, onClose }: Props) {
  const t = useTexts(managerTexts).task
  const { list, name } = usePlaces()
  const { district } = useSession()
  const [movedFrom, setMovedFrom] = useState<string>()
  const [told, setTold] = useState<string>()
  const back = useMoveTask(task.id)
  const follow = (moved: Moved) => {
    setMovedFrom(task.office)
    setTold(t.moved(name(moved.office)))
    onClose()
  }
  const undo = (from: string) =>
    back.send({ office: from, reason: t.undoReason }, (moved) => {
      setMovedFrom(undefined)
      setTold(t.moved(name(moved.office)))
    })
  const mayGoBack = movedFrom === task.homeOffice || districtOf(task.office, list) === district
  return (
    <>
      <Told words={told} />
      {movedFrom !== undefined && mayGoBack && (
        <div>
          <SendButton size="small" variant="secondary" isBusy={back.isBusy} onClick={() => undo(movedFrom)}>
            {t.undo(name(movedFrom))}
          </SendButton>
        </div>
      )}
      {back.error && <RefusalAlert refusal={back.error} />}
      {isAsking && <MoveDialog task={task} onClose={onClose} onMoved={follow} />}
    </>
  )
}

type Moved = { office: string }
type DialogProps = { task: TaskSummary; onClose: () => void; onMoved: (moved: Moved) => void }

function MoveDialog({ task, onClose, onMoved }: DialogProps) {
  const t = useTexts(managerTexts).task.dialog
  const draft = useDraft(['move', task.id], { office: '', reason: '' })
  const { office } = draft.value
  const [isTried, setIsTried] = useState(false)
  const move = useMoveTask(task.id)
  const close = () => {
    move.cancel()
    onClose()
  }
  const confirm = (reason: string, done: () => void) => {
    if (office === '') return
    move.send({ office, reason }, (moved) => {
      done()
      onMoved(moved)
    })
  }
  return (
    <ReasonForm
      texts={t}
      draft={draft}
      onReason={(reason) => draft.change({ reason })}
      isBusy={move.isBusy}
      refusal={move.error}
      onClose={close}
      onTry={() => setIsTried(true)}
      onConfirm={confirm}
    >
      <OfficeChoice
        task={task}
        office={office}
        onChange={(chosen) => draft.change({ office: chosen })}
        error={isTried && office === '' && t.choose}
      />
    </ReasonForm>
  )
}

type ChoiceProps = { task: TaskSummary; office: string; onChange: (office: string) => void; error: string | false }

/** The offices it may go to, each with its queue; of those to which it may not, why. */
function OfficeChoice({ task, office, onChange, error }: ChoiceProps) {
  const t = useTexts(managerTexts).task.dialog
  const { days } = useTexts(reasonTexts)
  const { language } = useLanguage()
  const { name } = usePlaces()
  const receivers = useReceivers(task.id)
  const load = useLoad()
  const queues = new Map(load.data?.offices.map((row) => [row.office, days(row.queueDays)]))
  const describe = ({ office: id, hindrance }: Receiver) => {
    const called = id === task.homeOffice ? t.home(name(id)) : name(id)
    return [called, hindrance ? t.hindrances[hindrance] : queues.get(id)].filter(Boolean).join(', ')
  }
  return (
    <>
      <Select
        size="small"
        label={t.office}
        description={t.officeHelp}
        value={office}
        onChange={({ target }) => onChange(target.value)}
        error={error}
      >
        <option value="">{t.choose}</option>
        {sortReceivers(receivers.data?.offices ?? [], task.homeOffice, name, language).map((one) => (
          <option key={one.office} value={one.office} disabled={one.hindrance !== null}>
            {describe(one)}
          </option>
        ))}
      </Select>
      {receivers.isError && <RefusalAlert refusal={receivers.error} onRetry={() => void receivers.refetch()} />}
    </>
  )
}

type Receiver = TaskReceivers['offices'][number]

/** The task's own office first, the others by name. */
function sortReceivers(
  receivers: readonly Receiver[],
  home: string,
  name: (id: string) => string,
  language: string,
): Receiver[] {
  return receivers.toSorted(
    (a, b) =>
      Number(b.office === home) - Number(a.office === home) || name(a.office).localeCompare(name(b.office), language),
  )
}

/** Whether the reader may move a task: it lies in their district, or is at home there. */
export function useMayMove(task: TaskSummary | undefined): boolean {
  const { roles, district } = useSession()
  const { list } = usePlaces()
  if (task?.state !== 'open' || !roles.includes('manager')) return false
  return [task.office, task.homeOffice].some((office) => districtOf(office, list) === district)
}

function districtOf(office: string, { offices }: OfficeList): string | undefined {
  return offices.find(({ id }) => id === office)?.district
}
