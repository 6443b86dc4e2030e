import { BodyShort, Provider, Table } from '@navikt/ds-react'
import { showDecimal, showNumber } from '../../shell/language/format.ts'
import { aksel, useLanguage, useTexts } from '../../shell/language/language.tsx'
import { type Places, usePlaces } from '../../shell/parts/places.ts'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { useRuleNames } from '../rules/rules.ts'
import { managerTexts } from '../texts.ts'
import { FlowTasks } from './flow-tasks.tsx'
import type { Flow } from './flows.ts'
import { ReasonList } from './reason-list.tsx'

/** Flows from office to office, most tasks first; each row opens to its reasons. */
export function FlowTable({ flows, day }: { flows: readonly Flow[]; day: string }) {
  const t = useTexts(managerTexts).moves
  const places = usePlaces()
  const nameRule = useRuleNames()
  return (
    <Scroll label={t.title}>
      <Table size="small">
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell scope="col">
              <span className="aksel-sr-only">{t.reasons}</span>
            </Table.HeaderCell>
            {[t.from, t.to, t.cause, t.benefit, t.language].map((heading) => (
              <Table.HeaderCell key={heading} scope="col">
                {heading}
              </Table.HeaderCell>
            ))}
            {[t.tasks, t.hours, t.fromQueue, t.toQueue].map((heading) => (
              <Table.HeaderCell key={heading} scope="col" className="number">
                {heading}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {flows
            .toSorted((a, b) => b.tasks - a.tasks)
            .map((flow) => (
              <FlowRow
                key={`${flow.cause} ${flow.from} ${flow.to} ${flow.benefit} ${flow.language}`}
                flow={flow}
                day={day}
                places={places}
                nameRule={nameRule}
              />
            ))}
        </Table.Body>
      </Table>
    </Scroll>
  )
}

type RowProps = { flow: Flow; day: string; places: Places; nameRule: (id: string) => string }

function FlowRow({ flow, day, places, nameRule }: RowProps) {
  const t = useTexts(managerTexts).moves
  const { languages } = useTexts(shellTexts)
  const { language } = useLanguage()
  const { reasons } = flow
  const way = t.why(places.name(flow.from), places.name(flow.to))
  const arrow = `${way}, ${nameBenefit(flow.benefit, language)}, ${languages[flow.language]}`
  return (
    <Provider locale={aksel[language]} translations={{ global: { showMore: arrow, showLess: arrow } }}>
      <Table.ExpandableRow
        togglePlacement="left"
        expandOnRowClick
        content={
          <section aria-label={way}>
            {reasons ? (
              <ReasonList reasons={reasons} from={flow.from} to={flow.to} places={places} nameRule={nameRule} />
            ) : (
              <BodyShort size="small">{t.causeOfEach}</BodyShort>
            )}
            <FlowTasks flow={flow} day={day} />
          </section>
        }
      >
        <Table.HeaderCell scope="row">{places.name(flow.from)}</Table.HeaderCell>
        <Table.DataCell>{places.name(flow.to)}</Table.DataCell>
        <Table.DataCell>{t.causes[flow.cause]}</Table.DataCell>
        <Table.DataCell>{nameBenefit(flow.benefit, language)}</Table.DataCell>
        <Table.DataCell>{languages[flow.language]}</Table.DataCell>
        <Table.DataCell className="number">{showNumber(flow.tasks)}</Table.DataCell>
        <Table.DataCell className="number">{showDecimal(flow.minutes / 60)}</Table.DataCell>
        <Table.DataCell className="number">
          {reasons && showChange(reasons.fromDaysBefore, reasons.fromDaysAfter)}
        </Table.DataCell>
        <Table.DataCell className="number">
          {reasons && showChange(reasons.toDaysBefore, reasons.toDaysAfter)}
        </Table.DataCell>
      </Table.ExpandableRow>
    </Provider>
  )
}

function showChange(before: number | null, after: number | null): string {
  const show = (days: number | null) => (days === null ? '∞' : showDecimal(days))
  return `${show(before)} → ${show(after)}`
}
