import { BodyShort, Button } from '@navikt/ds-react'
import { useQuery } from '@tanstack/react-query'
import type { MoveList } from '@tasain/contracts'
import { useState } from 'react'
import { Link } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { getToday, showDate, showNumber } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { DateField } from '../../shell/parts/date-field.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { getJson } from '../../shell/server/client.ts'
import { polling } from '../../shell/server/queries.ts'
import { useHasRole } from '../../shell/server/session.tsx'
import { LevellingStopped } from '../situation/levelling-panel.tsx'
import { FindTask } from '../tasks/find-task.tsx'
import { managerTexts } from '../texts.ts'
import { FlowFilter } from './flow-filter.tsx'
import { FlowTable } from './flow-table.tsx'
import { everyFlow, filterFlows } from './flows.ts'

/** Siirrot tänään: what went where and why; another day by choice. */
export function MovesPage() {
  const t = useTexts(managerTexts).moves
  const isAuditor = useHasRole('auditor')
  const [day, setDay] = useState(getToday)
  const query = useQuery({
    queryKey: ['moves', day],
    queryFn: ({ signal }) => getJson<MoveList>(`/balancer/moves?day=${day}`, { signal }),
    refetchInterval: day === getToday() ? polling.live : false,
  })
  return (
    <Page
      title={day === getToday() ? t.title : t.titleOn(showDate(day))}
      lead={isAuditor ? t.leadAll : t.lead}
      wide
      actions={<DateField label={t.day} value={day} max={getToday()} onChange={(next) => setDay(next ?? getToday())} />}
    >
      <div className="gap-below">
        <LevellingStopped />
      </div>
      <FindTask />
      <QueryView query={query}>
        {(moves) =>
          moves.flows.length === 0 ? (
            <Empty
              action={
                <Button as={Link} to="/situation" size="small" variant="secondary">
                  {t.toSituation}
                </Button>
              }
            >
              {t.none}
            </Empty>
          ) : (
            <Flows moves={moves} day={day} />
          )
        }
      </QueryView>
    </Page>
  )
}

function Flows({ moves: { flows, total }, day }: { moves: MoveList; day: string }) {
  const t = useTexts(managerTexts).moves
  const places = usePlaces()
  const [wish, setWish] = useState(everyFlow)
  const wanted = filterFlows(flows, wish)
  const moved = wish === everyFlow ? total : wanted.reduce((sum, { tasks }) => sum + tasks, 0)
  return (
    <>
      <FlowFilter flows={flows} wish={wish} places={places} onChange={setWish} />
      <BodyShort size="small" spacing>
        {t.total(showNumber(moved))}. {t.wholePlan}
      </BodyShort>
      {wanted.length === 0 ? <Empty>{t.noneSuch}</Empty> : <FlowTable flows={wanted} day={day} />}
    </>
  )
}
