import { Heading, Table } from '@navikt/ds-react'
import type { AlarmList } from '@tasain/contracts'
import { Link } from 'react-router'
import { showDate, showNumber, showPercent } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { nameBenefit } from '../../shell/texts.ts'
import { pathOfQueue } from '../tasks/tasks.ts'
import { managerTexts } from '../texts.ts'

/** Work that has used up most of its target time, the most pressing first. */
export function LatePanel({ alarms, places }: { alarms: AlarmList; places: Places }) {
  const t = useTexts(managerTexts).situation
  const { language } = useLanguage()
  const title = t.late(showPercent(alarms.lateShare))
  return (
    <section>
      <Heading level="2" size="small" spacing>
        {title}
      </Heading>
      {alarms.late.length === 0 ? (
        <Empty>{t.lateNone}</Empty>
      ) : (
        <Scroll label={title}>
          <Table size="small">
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">{t.office}</Table.HeaderCell>
                <Table.HeaderCell scope="col">{t.benefit}</Table.HeaderCell>
                {[t.stuckTasks, t.pastDue, t.oldestDue].map((heading) => (
                  <Table.HeaderCell key={heading} scope="col" className="number">
                    {heading}
                  </Table.HeaderCell>
                ))}
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {alarms.late.map((row) => (
                <Table.Row key={`${row.office} ${row.benefit}`}>
                  <Table.HeaderCell scope="row">
                    <Link to={pathOfQueue(row.office)}>{places.name(row.office)}</Link>
                  </Table.HeaderCell>
                  <Table.DataCell>{nameBenefit(row.benefit, language)}</Table.DataCell>
                  <Table.DataCell className="number">{showNumber(row.tasks)}</Table.DataCell>
                  <Table.DataCell className="number">{showNumber(row.pastDue)}</Table.DataCell>
                  <Table.DataCell className="number">{showDate(row.oldestDueOn)}</Table.DataCell>
                </Table.Row>
              ))}
            </Table.Body>
          </Table>
        </Scroll>
      )}
    </section>
  )
}
