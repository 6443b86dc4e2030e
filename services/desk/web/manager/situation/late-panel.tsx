import { Heading, Table } from '@navikt/ds-react'
import type { AlarmList } from '@tasain/contracts'
import { Link } from 'react-router'
import { showDate, showNumber, showPercent } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { nameBenefit } from '../../shell/texts.ts'
import { pathOfQueue } from '../tasks/tasks.ts'
import { managerTexts } from '../texts.ts'

/** Work that has used up most of its target time, the most pressing first. */
export function LatePanel({ alarms, places }: { alarms: AlarmList; places: Places }) {
  const t = useTexts(managerTexts).situation
  const { language } = useLanguage()
  const title = t.late(showPercent(alarms.lateShare))
  const numbers = [t.stuckTasks, t.pastDue, t.oldestDue]
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
            <TableHead columns={[t.office, t.benefit, ...numbers]} numbers={numbers} />
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
