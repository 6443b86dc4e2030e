import { ExclamationmarkTriangleFillIcon } from '@navikt/aksel-icons'
import type { TaskSummary } from '@tasain/contracts'
import { daysBetween } from '@tasain/vocabulary'
import { getToday, showDate } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { shellTexts } from '../../shell/texts.ts'
import { handlerTexts } from '../texts.ts'

/** Both clocks of a task: lead time since arrival, and the due date; and where it belongs. */
export function Clocks({ task }: { task: TaskSummary }) {
  const t = useTexts(handlerTexts)
  const { languages } = useTexts(shellTexts)
  const places = usePlaces()
  const left = daysBetween(getToday(), task.dueOn)
  return (
    <dl className="facts">
      <div>
        <dt>{t.case.arrived}</dt>
        <dd>{showDate(task.arrivedOn)}</dd>
      </div>
      <div>
        <dt>{t.case.leadTime}</dt>
        <dd>{t.next.days(task.leadTimeDays)}</dd>
      </div>
      <div>
        <dt>{t.case.due}</dt>
        <dd>
          {showDate(task.dueOn)}{' '}
          <span className={left < 0 ? 'state state-bad' : 'state state-still'}>
            {left < 0 && <ExclamationmarkTriangleFillIcon aria-hidden />}
            {left < 0 ? t.case.overdue(-left) : t.case.left(left)}
          </span>
        </dd>
      </div>
      <div>
        <dt>{t.case.language}</dt>
        <dd>{languages[task.language]}</dd>
      </div>
      <div>
        <dt>{t.case.homeOffice}</dt>
        <dd>
          {places.name(task.homeOffice)}
          {task.moved && ` ${t.case.to(places.name(task.office))}`}
        </dd>
      </div>
    </dl>
  )
}
