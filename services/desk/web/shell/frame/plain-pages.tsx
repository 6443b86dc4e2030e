import { BodyLong, Button, Heading, List } from '@navikt/ds-react'
import { Link, Navigate } from 'react-router'
import { useTexts } from '../language/language.tsx'
import { useSession } from '../server/session.tsx'
import { shellTexts } from '../texts.ts'
import { Page } from './page.tsx'
import { listPlaces, type PlaceName, paths } from './place-rights.ts'

/** The way in: the first place of the person's role. */
export function StartPage() {
  const [first = 'duties'] = listPlaces(useSession().roles)
  return <Navigate to={paths[first]} replace />
}

/** What a role without a work queue may see and do. */
export function DutiesPage() {
  const t = useTexts(shellTexts).duties
  const { roles } = useSession()
  const told = [roles.includes('auditor') && t.auditor, roles.includes('admin') && t.admin].filter(
    (one) => one !== false,
  )
  return (
    <Page title={t.title}>
      {(told.length === 0 ? [t.none] : told).map(({ heading, points }) => (
        <section key={heading}>
          <Heading level="2" size="small" spacing>
            {heading}
          </Heading>
          <List size="small">
            {points.map((point) => (
              <List.Item key={point}>{point}</List.Item>
            ))}
          </List>
        </section>
      ))}
    </Page>
  )
}

/** Where a sign-in in a second tab ends. */
export function SignedInPage() {
  const t = useTexts(shellTexts).signedIn
  return (
    <Page title={t.title}>
      <BodyLong size="small" spacing>
        {t.body}
      </BodyLong>
      <Button as={Link} to="/" size="small" variant="secondary">
        {t.action}
      </Button>
    </Page>
  )
}

export function MissingPage() {
  const t = useTexts(shellTexts).missing
  return (
    <Page title={t.title}>
      <BodyLong size="small" spacing>
        {t.body}
      </BodyLong>
      <Button as={Link} to="/" size="small">
        {t.action}
      </Button>
    </Page>
  )
}

/** A page there is, but not for the roles the reader holds. */
export function NoRightPage({ place }: { place: PlaceName }) {
  const t = useTexts(shellTexts)
  return (
    <Page title={t.noRight.title}>
      <BodyLong size="small" spacing>
        {t.noRight.body(t.places[place])}
      </BodyLong>
      <Button as={Link} to="/" size="small">
        {t.missing.action}
      </Button>
    </Page>
  )
}
