import { Table, Tag } from '@navikt/ds-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { showDecimal, showNumber } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { useHasRole, useSession } from '../../shell/server/session.tsx'
import { pathOfQueue } from '../tasks/tasks.ts'
import { managerTexts } from '../texts.ts'
import { type Choice, isChosen, pathOfChoice } from './choice.ts'
import { type Bounds, judgeLevel } from './levels.ts'
import { type LoadRow, type SortKey, sortRows } from './load.ts'

type Props = { rows: readonly LoadRow[]; byOffice: boolean; bounds: Bounds; places: Places; choice: Choice | undefined }
type Sort = { orderBy: SortKey; direction: 'ascending' | 'descending' }

const keys: readonly SortKey[] = ['id', 'queueDays', 'openTasks', 'pastDue', 'minutesPerDay', 'movedIn', 'movedOut']

/** The same figures as the map, sortable; a row's name chooses its district. */
export function LoadTable({ rows, byOffice, bounds, places, choice }: Props) {
  const t = useTexts(managerTexts).situation
  const [sort, setSort] = useState<Sort>({ orderBy: 'queueDays', direction: 'descending' })
  const headings: Record<SortKey, string> = {
    id: t.place,
    queueDays: t.queueDays,
    openTasks: t.openTasks,
    pastDue: t.pastDue,
    minutesPerDay: t.capacity,
    movedIn: t.in,
    movedOut: t.out,
  }
  const choose = (wanted: string) => {
    const orderBy = keys.find((key) => key === wanted)
    if (!orderBy) return
    const isSame = sort.orderBy === orderBy
    setSort({ orderBy, direction: isSame && sort.direction === 'descending' ? 'ascending' : 'descending' })
  }
  const sorted = sortRows(rows, sort.orderBy, sort.direction === 'descending', places.name)
  return (
    <Scroll label={t.tableCaption}>
      <Table size="small" sort={sort} onSortChange={choose}>
        <caption className="aksel-sr-only">{t.tableCaption}</caption>
        <Table.Header>
          <Table.Row>
            {keys.map((key) => (
              <Table.ColumnHeader key={key} sortKey={key} sortable scope="col" align={key === 'id' ? 'left' : 'right'}>
                {headings[key]}
              </Table.ColumnHeader>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {sorted.map((row) => (
            <Row key={row.id} row={row} byOffice={byOffice} bounds={bounds} places={places} choice={choice} />
          ))}
        </Table.Body>
      </Table>
    </Scroll>
  )
}

function Row({ row, byOffice, bounds, places, choice }: Omit<Props, 'rows'> & { row: LoadRow }) {
  const t = useTexts(managerTexts).situation
  const { district } = useSession()
  const isAuditor = useHasRole('auditor')
  const isOne = isChosen(choice, row.district)
  const level = judgeLevel(row.queueDays, bounds)
  return (
    <Table.Row selected={isOne && !byOffice}>
      <Table.HeaderCell scope="row">
        <Link
          to={pathOfChoice(isOne ? undefined : { district: row.district })}
          replace
          preventScrollReset
          aria-current={isOne}
        >
          {places.name(row.id)}
        </Link>
        {row.district === district && <span className="quiet"> ({t.own})</span>}
        {byOffice && <div className="quiet hint-tight">{places.name(row.district)}</div>}
        {byOffice && (isAuditor || row.district === district) && (
          <div className="hint-tight">
            <Link to={pathOfQueue(row.id)} aria-label={t.queueOf(places.name(row.id))}>
              {t.showQueue}
            </Link>
          </div>
        )}
        <Restriction count={row.exportClosed} words={t.exportClosed} byOffice={byOffice} />
        <Restriction count={row.importClosed} words={t.importClosed} byOffice={byOffice} />
      </Table.HeaderCell>
      <Table.DataCell className="number">
        <span className={`level level-${level}`} aria-hidden="true" />
        {row.queueDays === null ? t.noDoers : showDecimal(row.queueDays)}
      </Table.DataCell>
      <Table.DataCell className="number">{showNumber(row.openTasks)}</Table.DataCell>
      <Table.DataCell className="number">{showNumber(row.pastDue)}</Table.DataCell>
      <Table.DataCell className="number">{showNumber(row.minutesPerDay / 60)}</Table.DataCell>
      <Table.DataCell className="number">{showNumber(row.movedIn)}</Table.DataCell>
      <Table.DataCell className="number">{showNumber(row.movedOut)}</Table.DataCell>
    </Table.Row>
  )
}

function Restriction({ count, words, byOffice }: { count: number; words: string; byOffice: boolean }) {
  const t = useTexts(managerTexts).situation
  if (count === 0) return null
  return (
    <Tag size="xsmall" variant="warning" className="restriction">
      {byOffice ? words : `${words}: ${t.closedCount(count)}`}
    </Tag>
  )
}
