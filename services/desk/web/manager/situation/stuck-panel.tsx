import { Heading, Table } from '@navikt/ds-react'
import type { PlanSummary } from '@tasain/contracts'
import { showNumber } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { managerTexts } from '../texts.ts'

type Stuck = NonNullable<PlanSummary['plan']>['stuck']

/** Work that nobody permitted can do, most first, each with its cause. */
export function StuckPanel({ stuck, places }: { stuck: Stuck; places: Places }) {
  const t = useTexts(managerTexts)
  const { languages } = useTexts(shellTexts)
  const { language } = useLanguage()
  const causes: Readonly<Record<string, string>> = t.causes
  return (
    <section>
      <Heading level="2" size="small" spacing>
        {t.situation.stuck}
      </Heading>
      {stuck.length === 0 ? (
        <Empty>{t.situation.stuckNone}</Empty>
      ) : (
        <Scroll label={t.situation.stuck}>
          <Table size="small">
            <Table.Header>
              <Table.Row>
                <Table.HeaderCell scope="col">{t.situation.office}</Table.HeaderCell>
                <Table.HeaderCell scope="col">{t.situation.benefit}</Table.HeaderCell>
                <Table.HeaderCell scope="col">{t.situation.language}</Table.HeaderCell>
                <Table.HeaderCell scope="col" className="number">
                  {t.situation.stuckTasks}
                </Table.HeaderCell>
                <Table.HeaderCell scope="col">{t.situation.cause}</Table.HeaderCell>
              </Table.Row>
            </Table.Header>
            <Table.Body>
              {stuck
                .toSorted((a, b) => b.tasks - a.tasks)
                .map((row) => (
                  <Table.Row key={`${row.office} ${row.benefit} ${row.language} ${row.cause}`}>
                    <Table.HeaderCell scope="row">{places.name(row.office)}</Table.HeaderCell>
                    <Table.DataCell>{nameBenefit(row.benefit, language)}</Table.DataCell>
                    <Table.DataCell>{languages[row.language]}</Table.DataCell>
                    <Table.DataCell className="number">{showNumber(row.tasks)}</Table.DataCell>
                    <Table.DataCell>{causes[row.cause] ?? t.causes.unknown}</Table.DataCell>
                  </Table.Row>
                ))}
            </Table.Body>
          </Table>
        </Scroll>
      )}
    </section>
  )
}
