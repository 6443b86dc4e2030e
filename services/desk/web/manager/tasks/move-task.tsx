import { Select } from '@navikt/ds-react'
import type { OfficeList, TaskSummary } from '@tasain/contracts'
import { useState } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { Told } from '../../shell/parts/told.tsx'
import { useSession } from '../../shell/server/session.tsx'
import { ReasonDialog } from '../rules/reason-dialog.tsx'
import { managerTexts } from '../texts.ts'
import { useMoveTask } from './tasks.ts'

type Props = { task: TaskSummary; isAsking: boolean; onClose: () => void }

/** Asks where a task is to go and why, moves it, and offers the way back. */
export function MoveTask({ task, isAsking, onClose }: Props) {
  const t = useTexts(managerTexts).task
  const { list, name } = usePlaces()
  const { district } = useSession()
  const [office, setOffice] = useState('')
  const [isTried, setIsTried] = useState(false)
  const [movedFrom, setMovedFrom] = useState<string>()
  const [told, setTold] = useState<string>()
  const move = useMoveTask(task.id)
  const back = useMoveTask(task.id)
  const confirm = (reason: string) => {
    if (office === '') return
    move.send({ office, reason }, (moved) => {
      setMovedFrom(task.office)
      setTold(t.moved(name(moved.office)))
      setOffice('')
      onClose()
    })
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
      {isAsking && (
        <ReasonDialog
          texts={t.dialog}
          isBusy={move.isBusy}
          refusal={move.error}
          onClose={onClose}
          onTry={() => setIsTried(true)}
          onConfirm={confirm}
        >
          <Select
            size="small"
            label={t.dialog.office}
            value={office}
            onChange={({ target }) => setOffice(target.value)}
            error={isTried && office === '' && t.dialog.choose}
          >
            <option value="">{t.dialog.choose}</option>
            {listChoices(task, list).map((id) => (
              <option key={id} value={id}>
                {id === task.homeOffice ? t.dialog.home(name(id)) : name(id)}
              </option>
            ))}
          </Select>
        </ReasonDialog>
      )}
    </>
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

/** Every other office, the task's own first. */
function listChoices({ homeOffice, office }: TaskSummary, { offices }: OfficeList): string[] {
  const others = offices.map(({ id }) => id).filter((id) => id !== office)
  return [...others.filter((id) => id === homeOffice), ...others.filter((id) => id !== homeOffice)]
}
