import { useNavigate } from 'react-router'
import { useTexts } from '../../shell/language/language.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { useNextTask } from '../tasks.ts'
import { handlerTexts } from '../texts.ts'

/** From a task that is over to the next one; to the list of tasks when there is none. */
export function NextButton() {
  const t = useTexts(handlerTexts).next
  const navigate = useNavigate()
  const next = useNextTask()
  const go = () =>
    next.fetchNext(({ task }) => navigate(task ? `/tasks/${task.id}` : '/tasks', { state: task ? null : 'none' }))
  return (
    <div>
      {next.error && <RefusalAlert refusal={next.error} />}
      <SendButton size="small" isBusy={next.isBusy} onClick={go}>
        {t.fetch}
      </SendButton>
    </div>
  )
}
