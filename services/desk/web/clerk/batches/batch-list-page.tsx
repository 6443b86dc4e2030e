import { Button, Table } from '@navikt/ds-react'
import type { Batch } from '@tasain/contracts'
import { Link } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { showMoment, showNumber } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { clerkTexts } from '../texts.ts'
import { isOff, useBatches } from './batches.ts'

/** Erät: the office's batches, newest first, with their counts. */
export function BatchListPage() {
  const t = useTexts(clerkTexts).batches
  const query = useBatches()
  return (
    <Page title={t.title} lead={t.lead} wide>
      <QueryView query={query}>
        {({ batches }) =>
          batches.length === 0 ? (
            <Empty
              action={
                <Button as={Link} to="/scan" size="small">
                  {t.openFirst}
                </Button>
              }
            >
              {t.none}
            </Empty>
          ) : (
            <BatchTable batches={batches} />
          )
        }
      </QueryView>
    </Page>
  )
}

function BatchTable({ batches }: { batches: readonly Batch[] }) {
  const t = useTexts(clerkTexts).batches
  const numbers = [t.scans, t.pages, t.sheets, t.read, t.setAside, t.asked, t.toCheck]
  return (
    <Scroll label={t.title}>
      <Table size="small">
        <TableHead columns={[t.number, t.state, t.channel, t.opened, ...numbers]} numbers={numbers} />
        <Table.Body>
          {batches.map((batch) => (
            <BatchRow key={batch.id} batch={batch} />
          ))}
        </Table.Body>
      </Table>
    </Scroll>
  )
}

function BatchRow({ batch }: { batch: Batch }) {
  const t = useTexts(clerkTexts).batches
  const { channels } = useTexts(shellTexts)
  const { counts, sheetsCounted } = batch
  return (
    <Table.Row>
      <Table.HeaderCell scope="row" className="nowrap">
        <Link to={`/batches/${batch.id}`}>{t.batchTitle(batch.number)}</Link>
      </Table.HeaderCell>
      <Table.DataCell>{batch.closedAt === null ? t.open : t.closed}</Table.DataCell>
      <Table.DataCell>{channels[batch.channel]}</Table.DataCell>
      <Table.DataCell className="nowrap">{showMoment(batch.openedAt)}</Table.DataCell>
      <Table.DataCell className="number">{showNumber(counts.scans)}</Table.DataCell>
      <Table.DataCell className="number">{showNumber(counts.pages)}</Table.DataCell>
      <Table.DataCell className={isOff(batch) ? 'number state-doubt' : 'number'}>
        {sheetsCounted === null ? '–' : showNumber(sheetsCounted)}
      </Table.DataCell>
      <Table.DataCell className="number">{showNumber(counts.read)}</Table.DataCell>
      <Table.DataCell className="number">{showNumber(counts.setAside)}</Table.DataCell>
      <Table.DataCell className={counts.asked > 0 ? 'number state-doubt' : 'number'}>
        {showNumber(counts.asked)}
      </Table.DataCell>
      <Table.DataCell className="number">
        {counts.toCheck === 0 ? '0' : <Link to={`/check?batch=${batch.id}`}>{showNumber(counts.toCheck)}</Link>}
      </Table.DataCell>
    </Table.Row>
  )
}
