import { Alert, Button, FileUpload, Heading } from '@navikt/ds-react'
import type { BatchDetail } from '@tasain/contracts'
import { useEffect } from 'react'
import { Link, Navigate, useNavigate, useParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { useBatch } from '../batches/batches.ts'
import { CloseBatch } from '../batches/close-batch.tsx'
import { ScanList } from '../batches/scan-list.tsx'
import { SheetLinks } from '../batches/sheet-links.tsx'
import { OpenPages, SheetCount } from '../batches/tally-card.tsx'
import { clerkTexts } from '../texts.ts'
import { countInterrupted } from './resume-store.ts'
import { UploadList } from './upload-list.tsx'
import { addFiles, loadSender, useUploads } from './uploads.ts'

/** Where the files of an open batch are dropped and seen to be stored. */
export function BatchScanPage() {
  const { id = '' } = useParams()
  const t = useTexts(clerkTexts).scan
  const query = useBatch(id)
  const navigate = useNavigate()
  const batch = query.data?.batch
  return (
    <Page
      title={batch ? t.batchTitle(batch.number) : t.title}
      wide
      actions={
        batch && (
          <>
            <Button as={Link} to={`/batches/${id}`} size="small" variant="secondary">
              {t.toBatch}
            </Button>
            <CloseBatch batch={batch} onClosed={() => void navigate(`/batches/${id}`)} />
          </>
        )
      }
    >
      <QueryView query={query}>{(detail) => <BatchScan detail={detail} />}</QueryView>
    </Page>
  )
}

function BatchScan({ detail: { batch, scans } }: { detail: BatchDetail }) {
  const t = useTexts(clerkTexts).scan
  const uploads = useUploads(batch.id)
  useStoredAnnouncement(batch.counts.pages)
  // At once, so that files can be dropped after the line has gone.
  useEffect(() => void loadSender(), [])
  if (batch.closedAt !== null) return <Navigate to={`/batches/${batch.id}`} replace />
  const resumable = uploads.length === 0 ? countInterrupted(batch.id) : 0
  return (
    <div className="stack">
      <FileUpload.Dropzone
        label={t.drop}
        description={t.dropHelp}
        multiple
        onSelect={(files) =>
          addFiles(
            batch.id,
            files.map(({ file }) => file),
          )
        }
      />
      {resumable > 0 && (
        <Alert variant="info" size="small">
          {t.interrupted(resumable)}
        </Alert>
      )}
      {uploads.length > 0 && <UploadList uploads={uploads} />}
      <section>
        <Heading level="2" size="small" spacing>
          {t.storedLive(batch.counts.pages)}
        </Heading>
        <div className="stack">
          {batch.counts.pages > 0 && <SheetCount batch={batch} />}
          <OpenPages batch={batch} />
          {scans.length === 0 ? <Empty>{t.nothingYet}</Empty> : <ScanList scans={scans} batchId={batch.id} />}
        </div>
      </section>
      <SheetLinks batch={batch} />
    </div>
  )
}

function useStoredAnnouncement(pages: number): void {
  const t = useTexts(clerkTexts).scan
  useEffect(() => {
    if (pages > 0) announce(t.storedLive(pages))
  }, [pages, t])
}
