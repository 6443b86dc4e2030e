import { BodyShort, Heading } from '@navikt/ds-react'
import type { ScanSummary } from '@tasain/contracts'
import { Link } from 'react-router'
import { showBytes, showTime } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { Thumbnail } from '../../shell/papers/thumbnails.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { clerkTexts } from '../texts.ts'
import { PageStateMark, SetAsideReasons } from './page-state.tsx'
import { SettleActions } from './settle-actions.tsx'

type ScanPage = ScanSummary['pages'][number]

/** The files of a batch, each with its pages and what has become of them; newest first. */
export function ScanList({ scans, batchId }: { scans: readonly ScanSummary[]; batchId: string }) {
  return (
    <ul className="scans">
      {scans
        .toSorted((a, b) => (a.storedAt < b.storedAt ? 1 : -1))
        .map((scan) => (
          <li key={scan.id} className="card scan">
            <ScanCard scan={scan} batchId={batchId} />
          </li>
        ))}
    </ul>
  )
}

function ScanCard({ scan, batchId }: { scan: ScanSummary; batchId: string }) {
  const { batches: t, papers } = useTexts(clerkTexts)
  const { units } = useTexts(shellTexts)
  const asked = new Set(scan.pages.flatMap(({ question, answer }) => (question && answer === null ? [question] : [])))
  const needsCheck = scan.applicationId !== null && scan.pages.every(({ state }) => state !== 'stored')
  return (
    <>
      <div className="scan-top">
        <Heading level="3" size="xsmall" className="scan-name">
          {scan.fileName}
        </Heading>
        <BodyShort size="small" className="quiet">
          {t.pageCount(scan.pages.length)} · {showBytes(scan.bytes, units.bytes)} · {showTime(scan.storedAt)}
        </BodyShort>
      </div>
      <ol className="scan-pages">
        {scan.pages.map((page) => (
          <li key={page.id}>
            <ScanPageMark page={page} />
          </li>
        ))}
      </ol>
      <SetAsideReasons pages={scan.pages} />
      {[...asked].map((question) => (
        <BodyShort key={question} size="small" className="state-doubt">
          {papers.asked[question]} <Link to={`/batches/${batchId}`}>{t.settleThis}</Link>
        </BodyShort>
      ))}
      <SettleActions scan={scan} />
      {needsCheck && (
        <Link className="small-link" to={`/check/${scan.applicationId}`}>
          {t.checkThis}
        </Link>
      )}
    </>
  )
}

function ScanPageMark({ page }: { page: ScanPage }) {
  const t = useTexts(clerkTexts).batches
  const { pageStates, viewer } = useTexts(shellTexts)
  return (
    <figure className="scan-page" title={t.pageLabel(page.number, pageStates[page.state])}>
      <Thumbnail pageId={page.id} />
      <figcaption>
        <span className="quiet">{viewer.thumbnail(page.number)}</span>
        <PageStateMark state={page.state} />
      </figcaption>
    </figure>
  )
}
