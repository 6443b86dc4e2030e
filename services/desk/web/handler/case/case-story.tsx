import { Heading } from '@navikt/ds-react'
import { useTexts } from '../../shell/language/language.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { Story, useStory } from '../../shell/story/story.tsx'
import { storyTexts } from '../../shell/story/texts.ts'

/** The way of the task to this handler, on a card. */
export function CaseStory({ taskId }: { taskId: string }) {
  const t = useTexts(storyTexts)
  const query = useStory(taskId)
  return (
    <section className="card">
      <Heading level="2" size="small" spacing>
        {t.heading}
      </Heading>
      <QueryView query={query} rows={3}>
        {(story) => <Story story={story} />}
      </QueryView>
    </section>
  )
}
