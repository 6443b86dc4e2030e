import { Alert, Heading } from '@navikt/ds-react'
import { Link } from 'react-router'
import { showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { clerkTexts } from '../texts.ts'
import { useLifts } from './lifts.ts'

/** Requests to lift a protection, where the second person finds them; nothing when there is none. */
export function LiftList() {
  const t = useTexts(clerkTexts).lift
  const lifts = useLifts().data?.lifts ?? []
  if (lifts.length === 0) return null
  return (
    <Alert variant="info" size="small" className="gap-below">
      <Heading level="2" size="xsmall">
        {t.list}
      </Heading>
      <ul className="plain-list">
        {lifts.map(({ id, applicationId, fileName, askedBy, askedAt, isOwn }) => (
          <li key={id}>
            <Link to={`/check/${applicationId}`}>{fileName}</Link> {t.pending(askedBy, showMoment(askedAt))}{' '}
            {isOwn && t.waits}
          </li>
        ))}
      </ul>
    </Alert>
  )
}
