import { BodyShort, Heading } from '@navikt/ds-react'
import type { MyTasks } from '@tasain/contracts'
import { useLocation } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { useShortcuts } from '../../shell/frame/shortcuts.tsx'
import { showNumber } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { Told } from '../../shell/parts/told.tsx'
import { useMyTasks, useNextTask } from '../tasks.ts'
import type { HandlerTexts } from '../texts.fi.ts'
import { handlerTexts } from '../texts.ts'
import { AwaitingTable } from './awaiting-table.tsx'
import { HeldCard } from './held-card.tsx'

/** Tehtävät: fetch the next task, go on with the one in hand, see what waits for the applicant. */
export function NextPage() {
  const t = useTexts(handlerTexts).next
  const query = useMyTasks()
  const done = useDone(t)
  return (
    <Page title={t.title} lead={t.lead}>
      <div className="stack">
        <Told words={done} />
        <Fetch holds={(query.data?.held.length ?? 0) > 0} />
        <QueryView query={query}>{(mine) => <Mine mine={mine} />}</QueryView>
      </div>
    </Page>
  )
}

function Fetch({ holds }: { holds: boolean }) {
  const t = useTexts(handlerTexts).next
  const next = useNextTask()
  const fetchNext = () => next.fetchNext()
  const cameForNone = useLocation().state === 'none'
  const isNone = next.answer ? next.answer.task === null : cameForNone
  useShortcuts([{ key: 'n', label: holds ? t.goOn : t.fetch, run: fetchNext }])
  return (
    <section className="card next">
      <Heading level="2" size="small">
        {t.heading}
      </Heading>
      <div>
        <SendButton isBusy={next.isBusy} onClick={fetchNext}>
          {holds ? t.goOn : t.fetch}
        </SendButton>
      </div>
      <div role="status">
        {isNone && <BodyShort size="small">{t.empty}</BodyShort>}
        {next.answer && (
          <BodyShort size="small" className="quiet">
            {t.waiting(showNumber(next.answer.waiting))}
          </BodyShort>
        )}
      </div>
      {next.error && <RefusalAlert refusal={next.error} />}
    </section>
  )
}

function Mine({ mine }: { mine: MyTasks }) {
  const t = useTexts(handlerTexts).next
  return (
    <>
      <section>
        <Heading level="2" size="small" spacing>
          {t.held}
        </Heading>
        {mine.held.length === 0 ? (
          <Empty>{t.noneHeld}</Empty>
        ) : (
          mine.held.map((task) => <HeldCard key={task.id} task={task} />)
        )}
      </section>
      <section>
        <Heading level="2" size="small" spacing>
          {t.awaiting}
        </Heading>
        {mine.awaitingInformation.length === 0 ? (
          <Empty>{t.noneAwaiting}</Empty>
        ) : (
          <AwaitingTable tasks={mine.awaitingInformation} />
        )}
      </section>
      <BodyShort size="small" className="quiet">
        {t.decidedToday(showNumber(mine.decidedToday))}
      </BodyShort>
    </>
  )
}

/** What the case page says was done before it came back here. */
function useDone(t: HandlerTexts['next']): string | undefined {
  const { state } = useLocation()
  const done: Readonly<Record<string, string>> = {
    decision: t.done.decision,
    'information-request': t.done.information,
    return: t.done.return,
    recusal: t.done.recusal,
  }
  return typeof state === 'string' ? done[state] : undefined
}
