import { Heading, Table } from '@navikt/ds-react'
import type { AlarmList } from '@tasain/contracts'
import { Link } from 'react-router'
import { showDate, showNumber } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { useRuleNames } from '../rules/rules.ts'
import { pathOfTask } from '../tasks/tasks.ts'
import { managerTexts } from '../texts.ts'

type Stuck = AlarmList['stuck'][number]

/** Work that nobody permitted can do, oldest first, each with its cause and what can be done about it. */
export function StuckPanel({ stuck, places }: { stuck: readonly Stuck[]; places: Places }) {
  const t = useTexts(managerTexts).situation
  const headings = [t.office, t.cause, t.benefit, t.language, t.stuckTasks, t.oldest]
  return (
    <section>
      <Heading level="2" size="small" spacing>
        {t.stuck}
      </Heading>
      {stuck.length === 0 ? (
        <Empty>{t.stuckNone}</Empty>
      ) : (
        <Scroll label={t.stuck}>
          <Table size="small">
            <TableHead columns={headings} numbers={[t.stuckTasks]} />
            <Table.Body>
              {stuck.map((row) => (
                <StuckRow
                  key={`${row.office} ${row.benefit} ${row.language} ${row.cause}`}
                  row={row}
                  office={places.name(row.office)}
                />
              ))}
            </Table.Body>
          </Table>
        </Scroll>
      )}
    </section>
  )
}

function StuckRow({ row, office }: { row: Stuck; office: string }) {
  const t = useTexts(managerTexts)
  const { languages } = useTexts(shellTexts)
  const { language } = useLanguage()
  const nameRule = useRuleNames()
  const causes: Readonly<Record<string, string>> = t.causes
  const advice: Readonly<Record<string, string>> = t.advice
  return (
    <Table.Row>
      <Table.HeaderCell scope="row">{office}</Table.HeaderCell>
      <Table.DataCell className="said">
        {causes[row.cause] ?? t.causes.unknown}
        {row.rules.map((rule) => (
          <div key={rule}>
            <Link to={`/rules/${rule.split('@')[0] ?? rule}`}>{nameRule(rule)}</Link>
          </div>
        ))}
        <div className="hint-tight quiet">{advice[row.cause] ?? t.advice.unknown}</div>
      </Table.DataCell>
      <Table.DataCell>{nameBenefit(row.benefit, language)}</Table.DataCell>
      <Table.DataCell>{languages[row.language]}</Table.DataCell>
      <Table.DataCell className="number">{showNumber(row.tasks)}</Table.DataCell>
      <Table.DataCell>
        <Link to={pathOfTask(row.oldestTask)}>{t.situation.arrivedOn(showDate(row.oldestArrivedOn))}</Link>
        <div className="hint-tight quiet">{t.situation.dueOn(showDate(row.oldestDueOn))}</div>
      </Table.DataCell>
    </Table.Row>
  )
}
