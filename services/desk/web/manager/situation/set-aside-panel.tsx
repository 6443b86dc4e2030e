import { BodyShort, Heading, Table } from '@navikt/ds-react'
import type { AlarmList } from '@tasain/contracts'
import { isBenefit, isIsoDate, isLanguage } from '@tasain/vocabulary'
import { Link } from 'react-router'
import { showDate, showNumber } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { pathOfTask } from '../tasks/tasks.ts'
import { managerTexts } from '../texts.ts'

type SetAside = AlarmList['setAside'][number]

const shownAtOnce = 50

/** Tasks that no plan can reckon with, each with its cause and what can be done about it; nothing when there are none. */
export function SetAsidePanel({ setAside, places }: { setAside: readonly SetAside[]; places: Places }) {
  const t = useTexts(managerTexts).situation
  if (setAside.length === 0) return null
  return (
    <section>
      <Heading level="2" size="small" spacing>
        {t.setAside}
      </Heading>
      <BodyShort size="small" spacing>
        {t.setAsideHelp}
      </BodyShort>
      <Scroll label={t.setAside}>
        <Table size="small">
          <TableHead columns={[t.office, t.cause, t.benefit, t.language, t.oldest]} />
          <Table.Body>
            {setAside.slice(0, shownAtOnce).map((row) => (
              <SetAsideRow key={row.task} row={row} office={places.name(row.office)} />
            ))}
          </Table.Body>
        </Table>
      </Scroll>
      {setAside.length > shownAtOnce && (
        <BodyShort size="small" className="quiet">
          {t.setAsideMore(showNumber(setAside.length - shownAtOnce))}
        </BodyShort>
      )}
    </section>
  )
}

function SetAsideRow({ row, office }: { row: SetAside; office: string }) {
  const { causes, advice, situation } = useTexts(managerTexts)
  const { languages } = useTexts(shellTexts)
  const { language } = useLanguage()
  return (
    <Table.Row>
      <Table.HeaderCell scope="row">{office}</Table.HeaderCell>
      <Table.DataCell className="said">
        {causes[row.cause]}
        <div className="hint-tight quiet">{advice[row.cause]}</div>
      </Table.DataCell>
      <Table.DataCell>{isBenefit(row.benefit) ? nameBenefit(row.benefit, language) : row.benefit}</Table.DataCell>
      <Table.DataCell>{isLanguage(row.language) ? languages[row.language] : row.language}</Table.DataCell>
      <Table.DataCell>
        <Link to={pathOfTask(row.task)}>
          {situation.arrivedOn(isIsoDate(row.arrivedOn) ? showDate(row.arrivedOn) : row.arrivedOn)}
        </Link>
      </Table.DataCell>
    </Table.Row>
  )
}
