import type { LoadTable as LoadFigures, PlanSummary } from '@tasain/contracts'
import { Suspense } from 'react'
import { lazyPart, PageLoading } from '../../shell/frame/lazy-page.tsx'
import { Page } from '../../shell/frame/page.tsx'
import { showDecimal, showNumber, showPercent, showTime } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { reasonTexts } from '../moves/reason-texts.ts'
import { managerTexts } from '../texts.ts'
import { useAlarms } from './alarms.ts'
import { LatePanel } from './late-panel.tsx'
import { LevellingPanel } from './levelling-panel.tsx'
import { useLatestPlan, useLoad } from './load.ts'
import { SetAsidePanel } from './set-aside-panel.tsx'
import { StuckPanel } from './stuck-panel.tsx'
import { UnmetPanel } from './unmet-panel.tsx'
import { WorkPanel } from './work-panel.tsx'

// Fetched beside the figures it shows: the outlines of the areas and what draws them are large.
import('./map-and-table.tsx').catch(() => undefined)
const MapAndTable = lazyPart(() => import('./map-and-table.tsx'), 'MapAndTable')

/** Tilanne: queue days of the nation on a map and in a table, and the work that is stuck. */
export function SituationPage() {
  const t = useTexts(managerTexts).situation
  const load = useLoad()
  const plan = useLatestPlan()
  const alarms = useAlarms()
  const places = usePlaces()
  return (
    <Page title={t.title} wide>
      <div className="stack">
        <WorkPanel />
        <LevellingPanel />
        <QueryView query={load} rows={12}>
          {(figures) => (
            <>
              <NationFacts figures={figures} plan={plan.data} />
              <Suspense
                fallback={
                  <div className="map-awaited">
                    <PageLoading />
                  </div>
                }
              >
                <MapAndTable figures={figures} />
              </Suspense>
            </>
          )}
        </QueryView>
      </div>
      <div className="gap-above">
        <QueryView query={alarms} rows={6}>
          {(found) => (
            <div className="stack">
              <StuckPanel stuck={found.stuck} places={places} />
              <SetAsidePanel setAside={found.setAside} places={places} />
              <UnmetPanel unmet={found.unmet} />
              <LatePanel alarms={found} places={places} />
            </div>
          )}
        </QueryView>
      </div>
    </Page>
  )
}

function NationFacts({ figures, plan }: { figures: LoadFigures; plan: PlanSummary | undefined }) {
  const t = useTexts(managerTexts).situation
  const { days } = useTexts(reasonTexts)
  const sum = (read: (office: LoadFigures['offices'][number]) => number) =>
    showNumber(figures.offices.reduce((total, office) => total + read(office), 0))
  const latest = plan?.plan
  const facts: [string, string][] = [
    [t.nation, days(figures.nationQueueDays)],
    [t.open, sum((office) => office.openTasks)],
    [t.pastDue, sum((office) => office.pastDue)],
    [t.movedToday, sum((office) => office.movedInToday)],
    [
      t.planned,
      latest
        ? `${showTime(latest.plannedAt)}, ${latest.gap === 0 ? t.best : t.gap(showPlanGap(latest.gap))}`
        : t.noPlan,
    ],
  ]
  return (
    <dl className="facts card">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function showPlanGap(gap: number): string {
  return gap > 0 && gap < 0.01 ? `${showDecimal(gap * 100)} %` : showPercent(gap)
}
