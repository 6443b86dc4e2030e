import { Alert, Tag } from '@navikt/ds-react'
import type { ApplicationDetail, CheckedField } from '@tasain/contracts'
import { useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { PdfDownload } from '../../shell/papers/pdf-download.tsx'
import { Viewer } from '../../shell/papers/viewer.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { Told } from '../../shell/parts/told.tsx'
import { explainCode } from '../../shell/server/refusal.ts'
import { shellTexts } from '../../shell/texts.ts'
import { isClosed, nameStanding } from '../standing.ts'
import { clerkTexts } from '../texts.ts'
import { CheckForm } from './check-form.tsx'
import { needsLook, useApplication, useCheckList } from './checking.ts'
import { ClosedFields } from './closed-fields.tsx'
import { LiftPanel } from './lift-panel.tsx'

/** One application: its pages at the left, its fields at the right. */
export function CheckPage() {
  const { id = '' } = useParams()
  const batch = useSearchParams()[0].get('batch')
  const t = useTexts(clerkTexts).checking
  const left = useCheckList(batch).data?.total ?? 0
  const query = useApplication(id)
  const [told, setTold] = useState<{ id: string; words: string }>()
  const tell = (words: string) => setTold({ id, words })
  return (
    <Page title={t.pageTitle} lead={left > 0 ? t.left(left) : undefined} wide>
      <Told words={told?.id === id ? told.words : undefined} />
      <QueryView query={query} rows={14} isWorkedOn>
        {(detail) => (
          <>
            {detail.application.restricted && <LiftPanel application={detail.application} onTold={tell} />}
            <Checking
              key={`${id} ${detail.application.version}`}
              detail={detail}
              batch={batch}
              onSaved={() => tell(t.savedPart)}
            />
          </>
        )}
      </QueryView>
    </Page>
  )
}

type CheckingProps = { detail: ApplicationDetail; batch: string | null; onSaved: () => void }

function Checking({ detail, batch, onSaved }: CheckingProps) {
  const t = useTexts(clerkTexts).checking
  const [shown, setShown] = useState(0)
  const [focused, setFocused] = useState<CheckedField>()
  const page = detail.pages[shown]
  const follow = (field: CheckedField) => {
    setFocused(field)
    const place = detail.pages.findIndex(({ id }) => id === field.pageId)
    if (place >= 0) setShown(place)
  }
  const box = focused?.pageId === page?.id ? focused?.box : null
  return (
    <>
      <ApplicationFacts detail={detail} />
      {detail.application.state === 'reading' && (
        <Alert variant="info" size="small" className="gap-below">
          {t.reading}
        </Alert>
      )}
      {isClosed(detail.application) ? (
        <ClosedNote application={detail.application} />
      ) : (
        detail.application.state === 'handed_over' &&
        detail.fields.some(needsLook) && (
          <Alert variant="info" size="small" className="gap-below">
            {t.handedOver}
          </Alert>
        )
      )}
      <InDoubt detail={detail} />
      <div className="split">
        <Viewer pages={detail.pages} shown={shown} onShow={setShown} boxes={box ? [box] : []} />
        {isClosed(detail.application) ? (
          <ClosedFields detail={detail} batch={batch} onChoose={follow} />
        ) : (
          <CheckForm detail={detail} batch={batch} onFocus={follow} onSaved={onSaved} />
        )}
      </div>
    </>
  )
}

/** Says that, and why, nothing is changed here any more. */
function ClosedNote({ application }: Pick<ApplicationDetail, 'application'>) {
  const t = useTexts(clerkTexts)
  const shell = useTexts(shellTexts)
  return (
    <Alert variant="info" size="small" className="gap-below">
      {nameStanding(application, t.standing, shell)}. {t.checking.closed}
    </Alert>
  )
}

/** Says that the pages may be blank or there twice, which is decided in their batch. */
function InDoubt({ detail: { application } }: { detail: ApplicationDetail }) {
  const t = useTexts(clerkTexts).search
  const { language } = useLanguage()
  const { reason, batchId } = application
  if (!reason?.startsWith('application.')) return null
  return (
    <Alert variant="warning" size="small" className="gap-below">
      {explainCode(reason, language)} <Link to={`/batches/${batchId}`}>{t.toBatch}</Link>
    </Alert>
  )
}

function ApplicationFacts({ detail: { application } }: { detail: ApplicationDetail }) {
  const { checking: t, standing } = useTexts(clerkTexts)
  const shell = useTexts(shellTexts)
  const places = usePlaces()
  return (
    <div className="row gap-below">
      <strong>{application.fileName}</strong>
      <Tag size="small" variant="info">
        {nameStanding(application, standing, shell)}
      </Tag>
      <span className="quiet">{application.form ? `${t.form} ${application.form.code}` : t.noForm}</span>
      <span className="quiet">
        {t.channel}: {shell.channels[application.channel]}
      </span>
      <span className="quiet">
        {t.homeOffice}: {places.name(application.homeOffice)}
      </span>
      {application.pages > 0 && <PdfDownload applicationId={application.id} />}
    </div>
  )
}
