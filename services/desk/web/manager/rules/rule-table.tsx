import { Alert, Table } from '@navikt/ds-react'
import { type ListedRule, sayPlace, sayRule, saySpan } from '@tasain/contracts'
import { Link } from 'react-router'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { managerTexts } from '../texts.ts'
import { RuleActions } from './rule-actions.tsx'
import { RuleOwner } from './rule-owner.tsx'
import { RuleState } from './rule-state.tsx'
import { findNewest, sayWhole } from './rule-words.ts'
import { useRuleNames, useRuleSpeech } from './rules.ts'

type Props = { rules: readonly ListedRule[]; onTold: (words: string) => void }

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
                <Beside rule={rule} />
              </Table.DataCell>
              <Table.DataCell className="nowrap">{saySpan(rule, speech.language)}</Table.DataCell>
              <Table.DataCell>
                <RuleState rule={rule} />
              </Table.DataCell>
              <Table.DataCell>{rule.author}</Table.DataCell>
              <Table.DataCell>
                <RuleActions rule={findNewest(rule)} onTold={onTold} />
              </Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </Scroll>
  )
}

/** What waits to take the rule's place, and why the rule does nothing although it is in force. */
function Beside({ rule }: { rule: ListedRule }) {
  const t = useTexts(managerTexts)
  const speech = useRuleSpeech()
  const nameRule = useRuleNames()
  const { language } = useLanguage()
  return (
    <>
      {rule.warnings.map((warning) => (
        <Alert key={warning[language]} variant="warning" size="small" inline>
          {warning[language]}
        </Alert>
      ))}
      {rule.ahead.map((version) => (
        <div key={version.version} className="hint-tight gap-above">
          <RuleState rule={version} />
          {version.endedBy === null && (
            <div>
              {t.rules.ahead}: {sayWhole(version, speech)}
            </div>
          )}
          {version.lifts.length > 0 && <div>{t.form.lifted(version.lifts.map(nameRule).join('; '))}</div>}
          <div className="quiet">
            {version.author}: {version.reason}
          </div>
        </div>
      ))}
    </>
  )
}
