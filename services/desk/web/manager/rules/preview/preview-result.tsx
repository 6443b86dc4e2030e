import { BodyShort, Heading, Table } from '@navikt/ds-react'
import type { RulePreview } from '@tasain/contracts'
import { useEffect } from 'react'
import { showDecimal, showNumber, showPercent, showTime } from '../../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../../shell/language/language.tsx'
import { announce } from '../../../shell/parts/announcer.tsx'
import { usePlaces } from '../../../shell/parts/places.ts'
import { Scroll } from '../../../shell/parts/scroll.tsx'
import { TableHead } from '../../../shell/parts/table-head.tsx'
import { nameBenefit } from '../../../shell/texts.ts'
import { managerTexts } from '../../texts.ts'
import { listFlowChanges, listOfficeChanges } from './differences.ts'

const shownRows = 8

/** What came of trying a rule: the next plan, and four weeks of queues, without it and with it. */
export function PreviewResult({ preview }: { preview: RulePreview }) {
  const t = useTexts(managerTexts).preview
  const { before, after } = preview.now
  const countStuck = ({ stuck }: typeof before) => stuck.reduce((sum, { tasks }) => sum + tasks, 0)
  const moved = t.moved(showNumber(before.tasks), showNumber(after.tasks))
  useEffect(() => announce(moved), [moved])
  return (
    <>
      <div>
        <Heading level="3" size="xsmall">
          {t.now}
        </Heading>
        <BodyShort size="small">{moved}</BodyShort>
        {countStuck(before) + countStuck(after) > 0 && (
          <BodyShort size="small">{t.stuck(showNumber(countStuck(before)), showNumber(countStuck(after)))}</BodyShort>
        )}
      </div>
      <FlowChanges now={preview.now} />
      <Heading level="3" size="xsmall">
        {t.weeks}
      </Heading>
      <WeekChanges weeks={preview.weeks} />
      <BodyShort size="small" className="quiet">
        {t.at(showTime(preview.at))}
      </BodyShort>
    </>
  )
}

function FlowChanges({ now }: { now: RulePreview['now'] }) {
  const t = useTexts(managerTexts).preview
  const { moves } = useTexts(managerTexts)
  const { language } = useLanguage()
  const { name } = usePlaces()
  const changes = listFlowChanges(now)
  if (changes.length === 0) return <BodyShort size="small">{t.noFlows}</BodyShort>
  return (
    <>
      <Scroll label={t.flows}>
        <Table size="small">
          <TableHead columns={[moves.from, moves.to, moves.benefit, t.tasks]} numbers={[t.tasks]} />
          <Table.Body>
            {changes.slice(0, shownRows).map((change) => (
              <Table.Row key={[change.from, change.to, change.benefit, change.language].join(' ')}>
                <Table.HeaderCell scope="row">{name(change.from)}</Table.HeaderCell>
                <Table.DataCell>{name(change.to)}</Table.DataCell>
                <Table.DataCell>{nameBenefit(change.benefit, language)}</Table.DataCell>
                <Table.DataCell className="number">
                  {showNumber(change.before)} → {showNumber(change.after)}
                </Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </Scroll>
      <More hidden={changes.length - shownRows} />
    </>
  )
}

function WeekChanges({ weeks }: { weeks: RulePreview['weeks'] }) {
  const t = useTexts(managerTexts).preview
  const { situation } = useTexts(managerTexts)
  const { name } = usePlaces()
  const changes = listOfficeChanges(weeks)
  if (changes.length === 0) return <BodyShort size="small">{t.noWeeks}</BodyShort>
  const numbers = [...weeks.after.nation.queueDays.map((_, week) => t.week(week + 1)), t.pastDue]
  const rows = [
    { key: '*', label: t.nation, before: weeks.before.nation, after: weeks.after.nation },
    ...changes.slice(0, shownRows).map(({ office, ...both }) => ({ key: office, label: name(office), ...both })),
  ]
  return (
    <>
      <Scroll label={t.weeks}>
        <Table size="small">
          <TableHead columns={[situation.office, ...numbers]} numbers={numbers} />
          <Table.Body>
            {rows.map(({ key, label, before, after }) => (
              <Table.Row key={key}>
                <Table.HeaderCell scope="row">{label}</Table.HeaderCell>
                {after.queueDays.map((days, week) => (
                  <Table.DataCell key={t.week(week + 1)} className="number">
                    {showDays(before.queueDays[week])} → {showDays(days)}
                  </Table.DataCell>
                ))}
                <Table.DataCell className="number">
                  {showPercent(before.pastDue)} → {showPercent(after.pastDue)}
                </Table.DataCell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </Scroll>
      <More hidden={changes.length - shownRows} />
    </>
  )
}

function More({ hidden }: { hidden: number }) {
  const t = useTexts(managerTexts).preview
  return hidden > 0 ? (
    <BodyShort size="small" className="quiet">
      {t.more(showNumber(hidden))}
    </BodyShort>
  ) : null
}

function showDays(days: number | null | undefined): string {
  return days === null || days === undefined ? '∞' : showDecimal(days)
}
