import { Button, ToggleGroup } from '@navikt/ds-react'
import type { LoadTable as LoadFigures, PlanSummary } from '@tasain/contracts'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { showDecimal, showNumber, showPercent, showTime } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { reasonTexts } from '../moves/reason-texts.ts'
import { managerTexts } from '../texts.ts'
import { useAlarms } from './alarms.ts'
import { findChoice, isChosen } from './choice.ts'
import { FinlandMap } from './finland-map.tsx'
import { LatePanel } from './late-panel.tsx'
import { LevellingPanel } from './levelling-panel.tsx'
import { chooseBounds } from './levels.ts'
import { sumByDistrict, toRow, useLatestPlan, useLoad } from './load.ts'
import { LoadTable } from './load-table.tsx'
import { nameArea } from './outline.ts'
import { SetAsidePanel } from './set-aside-panel.tsx'
import { StuckPanel } from './stuck-panel.tsx'
import { UnmetPanel } from './unmet-panel.tsx'
import { WorkPanel } from './work-panel.tsx'

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
              <MapAndTable figures={figures} />
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

function MapAndTable({ figures }: { figures: LoadFigures }) {
  const t = useTexts(managerTexts).situation
  const places = usePlaces()
  const { language } = useLanguage()
  const [byOffice, setByOffice] = useState(false)
  const offices = figures.offices.map(toRow)
  const choice = findChoice(
    useSearchParams()[0],
    offices.map(({ district }) => district),
  )
  const shown = choice ? offices.filter(({ district }) => isChosen(choice, district)) : offices
  const bounds = chooseBounds(figures.nationQueueDays)
  return (
    <>
      <div className="row">
        <ToggleGroup
          size="small"
          aria-label={t.show}
          value={byOffice ? 'offices' : 'districts'}
          onChange={(value) => setByOffice(value === 'offices')}
        >
          <ToggleGroup.Item value="districts">{t.districts}</ToggleGroup.Item>
          <ToggleGroup.Item value="offices">{t.offices}</ToggleGroup.Item>
        </ToggleGroup>
        {choice && (
          <>
            <span>{t.chosen('area' in choice ? nameArea(choice.area, language) : places.name(choice.district))}</span>
            {!byOffice && (
              <Button type="button" size="xsmall" variant="tertiary" onClick={() => setByOffice(true)}>
                {t.officesOf}
              </Button>
            )}
            <Button as={Link} to="?" replace preventScrollReset size="xsmall" variant="tertiary">
              {t.clear}
            </Button>
          </>
        )}
      </div>
      <div className="map-and-table">
        <FinlandMap rows={offices} bounds={bounds} places={places} choice={choice} />
        <LoadTable
          rows={byOffice ? shown : sumByDistrict(offices)}
          byOffice={byOffice}
          bounds={bounds}
          places={places}
          choice={choice}
        />
      </div>
    </>
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
