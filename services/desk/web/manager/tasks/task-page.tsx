import { Button, CopyButton, Heading } from '@navikt/ds-react'
import type { TaskSummary } from '@tasain/contracts'
import { type ReactNode, useState } from 'react'
import { Link, useParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { showDate } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { Story, useStory } from '../../shell/story/story.tsx'
import { storyTexts } from '../../shell/story/texts.ts'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { managerTexts } from '../texts.ts'
import { MoveTask, useMayMove } from './move-task.tsx'

/** Why a task is where it is: its story in words, and for its managers the way to move it by hand. */
export function TaskPage() {
  const { id = '' } = useParams()
  const t = useTexts(managerTexts).task
  const { heading } = useTexts(storyTexts)
  const query = useStory(id)
  const mayMove = useMayMove(query.data?.task)
  const [isMoving, setIsMoving] = useState(false)
  return (
    <Page
      title={heading}
      lead={<Link to="/moves">{t.back}</Link>}
      actions={
        mayMove && (
          <Button type="button" size="small" variant="secondary" onClick={() => setIsMoving(true)}>
            {t.move}
          </Button>
        )
      }
    >
      <QueryView query={query}>
        {(story) => (
          <div className="stack">
            <MoveTask task={story.task} isAsking={isMoving} onClose={() => setIsMoving(false)} />
            <TaskFacts task={story.task} />
            <section className="card">
              <Heading level="2" size="small" spacing>
                {t.way}
              </Heading>
              <Story story={story} />
            </section>
          </div>
        )}
      </QueryView>
    </Page>
  )
}

function TaskFacts({ task }: { task: TaskSummary }) {
  const { task: t, situation } = useTexts(managerTexts)
  const { languages } = useTexts(shellTexts)
  const { language } = useLanguage()
  const { name } = usePlaces()
  const facts: [string, ReactNode][] = [
    [situation.benefit, nameBenefit(task.benefit, language)],
    [situation.language, languages[task.language]],
    [t.arrived, showDate(task.arrivedOn)],
    [t.due, showDate(task.dueOn)],
    [t.state, t.states[task.state]],
    [t.home, name(task.homeOffice)],
    [t.here, name(task.office)],
    [t.number, <CopyButton key="number" size="xsmall" copyText={task.id} text={task.id} activeText={t.copied} />],
  ]
  return (
    <dl className="facts card">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
