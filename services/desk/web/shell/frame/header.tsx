import { LeaveIcon, QuestionmarkIcon } from '@navikt/aksel-icons'
import { Button } from '@navikt/ds-react'
import { Link } from 'react-router'
import { saveDrafts } from '../drafts/draft-store.ts'
import { useTexts } from '../language/language.tsx'
import { usePlaces } from '../parts/places.ts'
import { SendButton } from '../parts/send-button.tsx'
import { signOut } from '../server/client.ts'
import { useSending } from '../server/sending.ts'
import { useSession } from '../server/session.tsx'
import { shellTexts } from '../texts.ts'
import { LanguageSwitch, ProductMark } from './brand.tsx'

/** Product, place, who is signed in as what, language, keys, way out. */
export function Header({ onShortcuts }: { onShortcuts: () => void }) {
  const t = useTexts(shellTexts)
  const { name, roles, office, district } = useSession()
  const places = usePlaces()
  const place = office ?? district
  const leaving = useSending(
    (_none: undefined) =>
      saveDrafts()
        .then(signOut)
        .catch(() => '/'),
    undefined,
    { isFree: true },
  )
  return (
    <header className="bar">
      <Link to="/" className="bar-product">
        <ProductMark />
        {t.product}
      </Link>
      <span className="bar-place">{place === null ? t.header.headOffice : places.name(place)}</span>
      <span className="bar-space" />
      <span className="bar-person">
        <strong>{name}</strong>
        <span>{roles.map((role) => t.roles[role]).join(', ')}</span>
      </span>
      <LanguageSwitch />
      <Button
        size="small"
        variant="tertiary"
        className="bar-button"
        icon={<QuestionmarkIcon aria-hidden />}
        onClick={onShortcuts}
        aria-label={`${t.header.shortcuts} (?)`}
        title={`${t.header.shortcuts} (?)`}
      />
      <SendButton
        size="small"
        variant="tertiary"
        className="bar-button"
        icon={<LeaveIcon aria-hidden />}
        isBusy={leaving.isBusy}
        onClick={() => leaving.send(undefined, (next) => window.location.assign(next))}
      >
        {t.header.signOut}
      </SendButton>
    </header>
  )
}
