import { Button, Heading } from '@navikt/ds-react'
import { Link } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { useBatches } from '../batches/batches.ts'
import { clerkTexts } from '../texts.ts'
import { OpenBatchForm } from './open-batch-form.tsx'

/** Skannaa: a new batch, or one that is still open. */
export function ScanPage() {
  const t = useTexts(clerkTexts)
  return (
    <Page title={t.scan.title} lead={t.scan.lead}>
      <div className="stack">
        <section className="card">
          <Heading level="2" size="small" spacing>
            {t.scan.openHeading}
          </Heading>
          <OpenBatchForm />
        </section>
        <OpenBatches />
      </div>
    </Page>
  )
}

function OpenBatches() {
  const t = useTexts(clerkTexts)
  const { channels } = useTexts(shellTexts)
  const open = (useBatches().data?.batches ?? []).filter(({ closedAt }) => closedAt === null)
  if (open.length === 0) return null
  return (
    <section className="card">
      <Heading level="2" size="small" spacing>
        {t.scan.continueHeading}
      </Heading>
      <ul className="plain-list">
        {open.slice(0, 8).map((batch) => (
          <li key={batch.id} className="row">
            <Button as={Link} to={`/scan/${batch.id}`} size="small" variant="secondary">
              {t.batches.batchTitle(batch.number)}
            </Button>
            <span className="quiet">
              {channels[batch.channel]} · {showMoment(batch.openedAt)} · {t.batches.pageCount(batch.counts.pages)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
