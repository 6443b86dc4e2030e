import { Table } from '@navikt/ds-react'
import { type RuleVersion, sayPlace, sayRule, saySpan } from '@tasain/contracts'
import { Link } from 'react-router'
import { useTexts } from '../../shell/language/language.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { managerTexts } from '../texts.ts'
import { RuleActions } from './rule-actions.tsx'
import { RuleOwner } from './rule-owner.tsx'
import { RuleState } from './rule-state.tsx'
import { useRuleNames, useRuleSpeech } from './rules.ts'

type Props = { rules: readonly RuleVersion[]; onTold: (words: string) => void }

export function RuleTable({ rules, onTold }: Props) {
  const t = useTexts(managerTexts)
  const speech = useRuleSpeech()
  const nameRule = useRuleNames()
  return (
    <Scroll label={t.rules.title}>
      <Table size="small">
        <TableHead
          columns={[t.rules.place, t.rules.rule, t.rules.dates, t.rules.state, t.rules.author, t.rules.actions]}
        />
        <Table.Body>
          {rules.map((rule) => (
            <Table.Row key={rule.id}>
              <Table.HeaderCell scope="row" className="whose">
                {sayPlace(rule, speech)}
                <RuleOwner rule={rule} />
              </Table.HeaderCell>
              <Table.DataCell className="said">
                <Link to={`/rules/${rule.id}`}>{sayRule(rule.value, speech.language)}</Link>
                {rule.lifts.length > 0 && (
                  <div className="hint-tight">{t.form.lifted(rule.lifts.map(nameRule).join('; '))}</div>
                )}
                <div className="hint-tight quiet">{rule.reason}</div>
              </Table.DataCell>
              <Table.DataCell className="nowrap">{saySpan(rule, speech.language)}</Table.DataCell>
              <Table.DataCell>
                <RuleState rule={rule} />
              </Table.DataCell>
              <Table.DataCell>{rule.author}</Table.DataCell>
              <Table.DataCell>
                <RuleActions rule={rule} onTold={onTold} />
              </Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </Scroll>
  )
}
