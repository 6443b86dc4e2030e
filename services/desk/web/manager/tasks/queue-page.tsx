import { Table } from '@navikt/ds-react'
import { Link, useParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { showDate } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { managerTexts } from '../texts.ts'
import { pathOfTask, useQueue } from './tasks.ts'

/** The queue of one office, the most urgent first; from each task to why it is there. */
export function QueuePage() {
  const { office = '' } = useParams()
  const { queue: t, situation, task } = useTexts(managerTexts)
  const { languages } = useTexts(shellTexts)
  const { language } = useLanguage()
  const { name } = usePlaces()
  const query = useQueue(office)
  const title = t.title(name(office))
  const headings = [t.taskHeading, situation.language, task.arrived, task.due, task.home]
  return (
    <Page title={title} lead={<Link to="/situation">{t.back}</Link>}>
      <QueryView query={query}>
        {({ tasks }) =>
          tasks.length === 0 ? (
            <Empty>{t.none}</Empty>
          ) : (
            <Scroll label={title}>
              <Table size="small">
                <TableHead columns={headings} />
                <Table.Body>
                  {tasks.map((one) => (
                    <Table.Row key={one.id}>
                      <Table.HeaderCell scope="row">
                        <Link to={pathOfTask(one.id)}>
                          {t.task(nameBenefit(one.benefit, language), one.id.slice(-6))}
                        </Link>
                      </Table.HeaderCell>
                      <Table.DataCell>{languages[one.language]}</Table.DataCell>
                      <Table.DataCell>{showDate(one.arrivedOn)}</Table.DataCell>
                      <Table.DataCell>{showDate(one.dueOn)}</Table.DataCell>
                      <Table.DataCell>{name(one.homeOffice)}</Table.DataCell>
                    </Table.Row>
                  ))}
                </Table.Body>
              </Table>
            </Scroll>
          )
        }
      </QueryView>
    </Page>
  )
}
