import {
  CheckmarkCircleFillIcon,
  FilesIcon,
  HourglassTopFilledIcon,
  PauseFillIcon,
  XMarkOctagonFillIcon,
} from '@navikt/aksel-icons'
import { Alert, BodyShort, Button, Heading, ProgressBar } from '@navikt/ds-react'
import { type ComponentType, useEffect } from 'react'
import { showBytes, showPercent } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { useLine } from '../../shell/server/line.ts'
import { shellTexts } from '../../shell/texts.ts'
import type { ClerkTexts } from '../texts.fi.ts'
import { clerkTexts } from '../texts.ts'
import { dismissUploads, isUnderWay, retryUpload, type UploadItem, type UploadState } from './uploads.ts'

const looks: Record<UploadState, { icon: ComponentType<{ 'aria-hidden': boolean }>; tone: string }> = {
  waiting: { icon: HourglassTopFilledIcon, tone: 'state-still' },
  sending: { icon: HourglassTopFilledIcon, tone: 'state-still' },
  paused: { icon: PauseFillIcon, tone: 'state-doubt' },
  sent: { icon: HourglassTopFilledIcon, tone: 'state-still' },
  stored: { icon: CheckmarkCircleFillIcon, tone: 'state-good' },
  duplicate: { icon: FilesIcon, tone: 'state-doubt' },
  refused: { icon: XMarkOctagonFillIcon, tone: 'state-bad' },
}

/** Each file on its way: how far it is, what became of it, and what to do when it was not taken. */
export function UploadList({ uploads }: { uploads: readonly UploadItem[] }) {
  const t = useTexts(clerkTexts)
  const done = uploads.filter((item) => !isUnderWay(item) && item.state !== 'refused').map(({ id }) => id)
  const refused = uploads.filter(({ state }) => state === 'refused')
  const others = uploads.filter(({ state }) => state !== 'refused')
  return (
    <section>
      <div className="row gap-below">
        <Heading level="2" size="small">
          {t.scan.sending}
        </Heading>
        {done.length > 0 && (
          <Button type="button" size="xsmall" variant="tertiary" onClick={() => dismissUploads(done)}>
            {t.upload.hideDone} ({done.length})
          </Button>
        )}
      </div>
      {refused.length > 0 && (
        <Alert variant="error" size="small" className="gap-below">
          {t.upload.refusedCount(refused.length, uploads.length)}
        </Alert>
      )}
      <ul className="uploads card" aria-label={t.scan.sending}>
        {[...refused, ...others].map((item) => (
          <UploadRow key={item.id} item={item} />
        ))}
      </ul>
    </section>
  )
}

function UploadRow({ item }: { item: UploadItem }) {
  const t = useTexts(clerkTexts)
  const { units } = useTexts(shellTexts)
  const { downSince } = useLine()
  const { icon: Icon, tone } = looks[item.state]
  const isRefused = item.state === 'refused'
  useEffect(() => {
    if (isRefused) announce(t.upload.refusedOne(item.file.name))
  }, [isRefused, item.file.name, t])
  return (
    <li className="upload">
      <div className="upload-name">
        <BodyShort size="small">{item.file.name}</BodyShort>
        <BodyShort size="small" className="quiet">
          {showBytes(item.file.size, units.bytes)}
        </BodyShort>
      </div>
      <div className="upload-state">
        <span className={`state ${tone}`}>
          <Icon aria-hidden />
          {item.state === 'sending' && downSince !== null ? t.upload.noLine : describeState(item, t)}
        </span>
        {item.state === 'sending' && (
          <ProgressBar
            size="small"
            value={Math.round(item.sent * 100)}
            valueMax={100}
            aria-label={t.upload.progress(item.file.name)}
          />
        )}
      </div>
      {isUnderWay(item) && (
        <div className="upload-stop">
          <Button
            type="button"
            size="xsmall"
            variant="tertiary"
            onClick={() => dismissUploads([item.id])}
            aria-label={t.upload.cancelOne(item.file.name)}
          >
            {t.upload.cancel}
          </Button>
        </div>
      )}
      {isRefused && <Refused item={item} />}
    </li>
  )
}

function Refused({ item }: { item: UploadItem }) {
  const t = useTexts(clerkTexts).upload
  const { states } = useTexts(shellTexts)
  const { language } = useLanguage()
  return (
    <div className="upload-refused">
      <BodyShort size="small">{item.refusal?.words[language]}</BodyShort>
      {item.refusal?.reference && (
        <BodyShort size="small" className="quiet">
          {states.reference}: <span translate="no">{item.refusal.reference}</span>
        </BodyShort>
      )}
      <div className="row">
        <Button type="button" size="xsmall" variant="secondary" onClick={() => retryUpload(item.id)}>
          {t.retry}
        </Button>
        <Button type="button" size="xsmall" variant="tertiary" onClick={() => dismissUploads([item.id])}>
          {t.dismiss}
        </Button>
      </div>
    </div>
  )
}

function describeState({ state, sent, stored }: UploadItem, t: ClerkTexts): string {
  if (state === 'sending') return sent >= 1 ? t.upload.storing : t.upload.sending(showPercent(sent))
  const words = t.upload[state]
  return stored ? `${words} · ${t.batches.pageCount(stored.scan.pages.length)}` : words
}
