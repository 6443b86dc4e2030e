import { Heading, Table } from '@navikt/ds-react'
import type { AlarmList } from '@tasain/contracts'
import { Link } from 'react-router'
import { showDecimal } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { useRuleNames } from '../rules/rules.ts'
import { managerTexts } from '../texts.ts'

/** Ordered work that the latest plan could not place, by order; nothing when all of it goes. */
export function UnmetPanel({ unmet }: { unmet: AlarmList['unmet'] }) {
  const t = useTexts(managerTexts).situation
  const nameRule = useRuleNames()
  if (unmet.length === 0) return null
  return (
    <section>
      <Heading level="2" size="small" spacing>
        {t.unmet}
      </Heading>
      <Scroll label={t.unmet}>
        <Table size="small">
          <TableHead columns={[t.unmetOrder, t.unmetHours]} numbers={[t.unmetHours]} />
          <Table.Body>
            {unmet.map(({ rule, minutes }) => (
              <Table.Row key={rule}>
                <Table.HeaderCell scope="row" className="said">
                  <Link to={`/rules/${rule.split('@')[0] ?? rule}`}>{nameRule(rule)}</Link>
                </Table.HeaderCell>
                <Table.DataCell className="number">{showDecimal(minutes / 60)}</Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </Scroll>
    </section>
  )
}
