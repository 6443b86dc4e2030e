import { Heading } from '@navikt/ds-react'
import type { TaskStory } from '@tasain/contracts'
import { formatDate, isIsoDate } from '@tasain/vocabulary'
import { showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { ReasonList } from '../../shell/reasons/reason-list.tsx'
import { useStory } from '../tasks.ts'
import type { HandlerTexts } from '../texts.fi.ts'
import { handlerTexts } from '../texts.ts'

type Step = TaskStory['steps'][number]

/** Every step of the task's way to this handler, with the reasons of each move. */
export function Story({ taskId, homeOffice }: { taskId: string; homeOffice: string }) {
  const t = useTexts(handlerTexts)
  const query = useStory(taskId)
  return (
    <section className="card">
      <Heading level="2" size="small" spacing>
        {t.case.story}
      </Heading>
      <QueryView query={query} rows={3}>
        {({ steps }) => (
          <ol className="story">
            {steps.map((step, place) => (
              <StoryStep key={`${step.at} ${step.kind}`} step={step} from={steps[place - 1]?.office ?? homeOffice} />
            ))}
          </ol>
        )}
      </QueryView>
    </section>
  )
}

function StoryStep({ step, from }: { step: Step; from: string }) {
  const t = useTexts(handlerTexts)
  const places = usePlaces()
  const note = describeNote(step, t)
  return (
    <li>
      <span className="quiet">{showMoment(step.at)}</span>
      <div>
        <strong>{t.steps[step.kind]}</strong>{' '}
        {step.kind === 'moved' ? t.case.to(places.name(step.office)) : places.name(step.office)}
        {step.by && `, ${t.case.by(step.by)}`}
        {note && <div className="hint">{note}</div>}
        {step.reasons && <ReasonList reasons={step.reasons} from={from} to={step.office} places={places} />}
      </div>
    </li>
  )
}

/** A step's note in words: outcomes and return reasons come as codes, a request's deadline as a date. */
function describeNote({ kind, note }: Step, t: HandlerTexts): string | null {
  if (note === null) return null
  if (isIsoDate(note)) return t.case.deadline(formatDate(note))
  const words: Readonly<Record<string, string>> =
    kind === 'decided' ? t.outcomes : kind === 'returned' ? t.returnReasons : kind === 'recalled' ? t.recallReasons : {}
  const [code = '', ...rest] = note.split(': ')
  const known = words[code]
  return known === undefined ? note : [known, ...rest].join(': ')
}
