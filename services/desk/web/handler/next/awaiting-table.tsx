import { Table } from '@navikt/ds-react'
import type { TaskSummary } from '@tasain/contracts'
import { showDate } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { handlerTexts } from '../texts.ts'

/** Tasks that wait for papers this handler asked for. */
export function AwaitingTable({ tasks }: { tasks: readonly TaskSummary[] }) {
  const t = useTexts(handlerTexts).next
  const { languages } = useTexts(shellTexts)
  const { language } = useLanguage()
  return (
    <Scroll label={t.awaiting}>
      <Table size="small">
        <TableHead columns={[t.benefit, t.language, t.arrived, t.leadTime, t.due]} />
        <Table.Body>
          {tasks.map((task) => (
            <Table.Row key={task.id}>
              <Table.HeaderCell scope="row">{nameBenefit(task.benefit, language)}</Table.HeaderCell>
              <Table.DataCell>{languages[task.language]}</Table.DataCell>
              <Table.DataCell>{showDate(task.arrivedOn)}</Table.DataCell>
              <Table.DataCell>{t.days(task.leadTimeDays)}</Table.DataCell>
              <Table.DataCell>{showDate(task.dueOn)}</Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </Scroll>
  )
}
