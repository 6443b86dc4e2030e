import { Alert, Button, Heading } from '@navikt/ds-react'
import type { Batch, BatchDetail } from '@tasain/contracts'
import { Link, useParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { showDate, showMoment, showNumber } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { clerkTexts } from '../texts.ts'
import { lacksPages, useBatch } from './batches.ts'
import { CloseBatch } from './close-batch.tsx'
import { ScanList } from './scan-list.tsx'

/** One batch: its counts, its files with their pages, and the way to close it. */
export function BatchPage() {
  const { id = '' } = useParams()
  const t = useTexts(clerkTexts).batches
  const query = useBatch(id)
  const batch = query.data?.batch
  return (
    <Page title={batch ? t.batchTitle(batch.number) : t.number} actions={batch && <BatchActions batch={batch} />} wide>
      <QueryView query={query}>{(detail) => <BatchBody detail={detail} />}</QueryView>
    </Page>
  )
}

function BatchActions({ batch }: { batch: Batch }) {
  const t = useTexts(clerkTexts).batches
  return (
    <>
      {batch.closedAt === null && (
        <Button as={Link} to={`/scan/${batch.id}`} size="small" variant="secondary">
          {t.addMore}
        </Button>
      )}
      {batch.counts.toCheck > 0 && (
        <Button as={Link} to={`/check?batch=${batch.id}`} size="small" variant="secondary">
          {t.check(batch.counts.toCheck)}
        </Button>
      )}
      {batch.closedAt === null && <CloseBatch batch={batch} />}
    </>
  )
}

function BatchBody({ detail: { batch, scans } }: { detail: BatchDetail }) {
  const t = useTexts(clerkTexts).batches
  return (
    <div className="stack">
      <BatchFacts batch={batch} />
      <SheetCount batch={batch} />
      <section>
        <Heading level="2" size="small" spacing>
          {t.files}
        </Heading>
        {scans.length === 0 ? <Empty>{t.empty}</Empty> : <ScanList scans={scans} />}
      </section>
    </div>
  )
}

/** Whether as many pages are stored as sheets were counted in. */
export function SheetCount({ batch }: { batch: Batch }) {
  const t = useTexts(clerkTexts).batches
  const { sheetsCounted, counts } = batch
  if (sheetsCounted === null) return null
  return lacksPages(batch) ? (
    <Alert variant="warning" size="small">
      {t.fewer(sheetsCounted, counts.pages)}
    </Alert>
  ) : (
    <Alert variant="success" size="small">
      {t.matches(sheetsCounted, counts.pages)}
    </Alert>
  )
}

function BatchFacts({ batch }: { batch: Batch }) {
  const t = useTexts(clerkTexts)
  const { channels, languages } = useTexts(shellTexts)
  const { language } = useLanguage()
  const facts: [string, string][] = [
    [t.batches.state, batch.closedAt === null ? t.batches.open : `${t.batches.closed} ${showMoment(batch.closedAt)}`],
    [t.batches.channel, channels[batch.channel]],
    [t.batches.arrived, showDate(batch.arrivedOn)],
    [t.checking.benefit, batch.benefit ? nameBenefit(batch.benefit, language) : t.scan.unknown],
    [t.checking.language, batch.language ? languages[batch.language] : t.scan.unknown],
    [t.batches.pages, showNumber(batch.counts.pages)],
    [t.batches.read, showNumber(batch.counts.read)],
    [t.batches.setAside, showNumber(batch.counts.setAside)],
    [t.batches.duplicates, showNumber(batch.counts.duplicates)],
  ]
  return (
    <dl className="facts card">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
