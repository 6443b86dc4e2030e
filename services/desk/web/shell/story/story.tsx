import { useQuery } from '@tanstack/react-query'
import type { TaskStory } from '@tasain/contracts'
import { formatDate, isIsoDate } from '@tasain/vocabulary'
import { showMoment } from '../language/format.ts'
import { useLanguage, useTexts } from '../language/language.tsx'
import { usePlaces } from '../parts/places.ts'
import { getJson } from '../server/client.ts'
import { type StoryTexts, storyTexts } from './texts.ts'

type Step = TaskStory['steps'][number]

/** A task's way so far, and in the reader's language why it is where it is. */
export function useStory(taskId: string) {
  const { language } = useLanguage()
  return useQuery({
    queryKey: ['tasks', taskId, 'story', language],
    queryFn: ({ signal }) => getJson<TaskStory>(`/balancer/tasks/${taskId}/story?words=${language}`, { signal }),
  })
}

/** Why a task is where it is, and every step of its way there. */
export function Story({ story: { steps, words = [] } }: { story: TaskStory }) {
  return (
    <>
      <ul className="why">
        {words.map((sentence, place) => (
          <li key={`${place} ${sentence}`}>{sentence}</li>
        ))}
      </ul>
      <ol className="story">
        {steps.map((step) => (
          <StoryStep key={`${step.at} ${step.kind}`} step={step} />
        ))}
      </ol>
    </>
  )
}

function StoryStep({ step }: { step: Step }) {
  const t = useTexts(storyTexts)
  const { name } = usePlaces()
  const note = describeNote(step, t)
  const office = name(step.office)
  return (
    <li>
      <span className="quiet">{showMoment(step.at)}</span>
      <div>
        <strong>{t.steps[step.kind]}</strong> {step.kind === 'moved' ? t.to(office) : office}
        {step.by && `, ${t.by(step.by)}`}
        {note && <div className="hint">{note}</div>}
      </div>
    </li>
  )
}

/** A step's note in words: outcomes and return reasons come as codes, a request's deadline as a date. */
function describeNote({ kind, note }: Step, t: StoryTexts): string | null {
  if (note === null) return null
  if (isIsoDate(note)) return t.deadline(formatDate(note))
  const words: Readonly<Record<string, string>> =
    kind === 'decided' ? t.outcomes : kind === 'returned' ? t.returnReasons : kind === 'recalled' ? t.recallReasons : {}
  const [code = '', ...rest] = note.split(': ')
  const known = words[code]
  return known === undefined ? note : [known, ...rest].join(': ')
}
