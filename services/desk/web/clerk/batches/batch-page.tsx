import { Button } from '@navikt/ds-react'
import type { Batch, BatchDetail } from '@tasain/contracts'
import { Link, useParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { showDate, showMoment, showNumber } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { clerkTexts } from '../texts.ts'
import { useBatch } from './batches.ts'
import { CloseBatch } from './close-batch.tsx'
import { BatchPapers } from './papers/batch-papers.tsx'
import { SheetLinks } from './sheet-links.tsx'
import { TallyCard } from './tally-card.tsx'

/** One batch: its counts, its papers as documents, and the way to close it. */
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

function BatchBody({ detail }: { detail: BatchDetail }) {
  const { batch } = detail
  return (
    <div className="stack">
      <BatchFacts batch={batch} />
      <TallyCard batch={batch} />
      <BatchPapers detail={detail} />
      {batch.closedAt === null && <SheetLinks batch={batch} />}
    </div>
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
