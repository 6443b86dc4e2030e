import { Alert } from '@navikt/ds-react'
import { useQuery } from '@tanstack/react-query'
import type { WorkState } from '@tasain/contracts'
import { showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { getJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
import { managerTexts } from '../texts.ts'

/** Background work that keeps failing, with what that means and since when; nothing while all goes well. */
export function WorkPanel() {
  const t = useTexts(managerTexts).work
  const { data = [] } = useQuery({
    queryKey: ['work'],
    queryFn: ({ signal }) => listFailing(signal),
    refetchInterval: polling.calm,
  })
  if (data.length === 0) return null
  const says: Readonly<Record<string, string>> = t.stopped
  return (
    <section className="stack" aria-label={t.label}>
      {data.map(({ words, since }) => (
        <Alert key={words} variant="error" size="small">
          {says[words] ?? t.stopped.other} {t.since(showMoment(since))}
        </Alert>
      ))}
    </section>
  )
}

// Several jobs do one thing; whoever reads of it does not know them by name.
const meanings: Readonly<Record<string, string>> = {
  plan: 'plan',
  route: 'plan',
  look: 'plan',
  'read-page': 'reading',
  'page-dead': 'reading',
  'turn-due': 'reading',
  'read-text': 'texts',
  'text-dead': 'texts',
  recount: 'counting',
  reconcile: 'reconcile',
  tidy: 'deadlines',
  task_events: 'events',
  seal: 'seal',
}

async function listFailing(signal: AbortSignal): Promise<{ words: string; since: string }[]> {
  const answers = await Promise.all(
    ['balancer', 'intake'].map((service) =>
      // A service that does not answer says so elsewhere on the page.
      getJson<WorkState>(`/${service}/work`, { signal }).catch((): WorkState => ({ degraded: [] })),
    ),
  )
  const failing = answers.flatMap(({ degraded }) => degraded)
  const earliest = new Map<string, string>()
  for (const { work, since } of failing.toSorted((one, other) => (one.since < other.since ? 1 : -1)))
    earliest.set(meanings[work] ?? 'other', since)
  return [...earliest].map(([words, since]) => ({ words, since }))
}
