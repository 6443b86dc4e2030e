import { BodyShort, Button } from '@navikt/ds-react'
import type { MoveList } from '@tasain/contracts'
import { useState } from 'react'
import { Link } from 'react-router'
import { showTime } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { pathOfTask, useMovesOf } from '../tasks/tasks.ts'
import { managerTexts } from '../texts.ts'

const shownTasks = 20

/** The tasks of a flow one by one, once they are asked for; from each to why it went. */
export function FlowTasks({ flow, day }: { flow: MoveList['flows'][number]; day: string }) {
  const t = useTexts(managerTexts).moves
  const [isOpen, setIsOpen] = useState(false)
  const query = useMovesOf({ day, from: flow.from, to: flow.to }, isOpen)
  if (!isOpen)
    return (
      <Button type="button" size="xsmall" variant="tertiary" onClick={() => setIsOpen(true)}>
        {t.showTasks}
      </Button>
    )
  return (
    <QueryView query={query} rows={2}>
      {({ moves = [] }) => {
        const own = moves.filter(
          ({ cause, benefit, language }) =>
            cause === flow.cause && benefit === flow.benefit && language === flow.language,
        )
        return own.length === 0 ? (
          <BodyShort size="small">{t.noTasks}</BodyShort>
        ) : (
          <ul className="task-links">
            {own.slice(0, shownTasks).map(({ id, taskId, movedAt }) => (
              <li key={id}>
                <Link to={pathOfTask(taskId)}>{t.taskAt(showTime(movedAt), taskId.slice(-6))}</Link>
              </li>
            ))}
          </ul>
        )
      }}
    </QueryView>
  )
}
