import { LeaveIcon, QuestionmarkIcon } from '@navikt/aksel-icons'
import { Button, ToggleGroup } from '@navikt/ds-react'
import { isLanguage } from '@tasain/vocabulary'
import { Link } from 'react-router'
import { useLanguage, useTexts } from '../language/language.tsx'
import { usePlaces } from '../parts/places.ts'
import { signOut } from '../server/client.ts'
import { useSession } from '../server/session.tsx'
import { shellTexts } from '../texts.ts'

/** Product, place, who is signed in as what, language, keys, way out. */
export function Header({ onShortcuts }: { onShortcuts: () => void }) {
  const t = useTexts(shellTexts)
  const { name, roles, office, district } = useSession()
  const places = usePlaces()
  const place = office ?? district
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
      <Button
        size="small"
        variant="tertiary"
        className="bar-button"
        icon={<LeaveIcon aria-hidden />}
        onClick={() => void leave()}
      >
        {t.header.signOut}
      </Button>
    </header>
  )
}

export function LanguageSwitch() {
  const t = useTexts(shellTexts).header
  const { language, choose } = useLanguage()
  return (
    <ToggleGroup
      size="small"
      className="language-switch"
      aria-label={t.language}
      value={language}
      onChange={(value) => {
        if (isLanguage(value)) choose(value)
      }}
    >
      <ToggleGroup.Item value="fi" aria-label="Suomeksi" lang="fi">
        FI
      </ToggleGroup.Item>
      <ToggleGroup.Item value="sv" aria-label="På svenska" lang="sv">
        SV
      </ToggleGroup.Item>
    </ToggleGroup>
  )
}

export function ProductMark() {
  return (
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <rect width="32" height="32" rx="7" className="mark-ground" />
      <path d="M6 11h20" className="mark-level" />
      <path d="M9 17h14M9 23h14" className="mark-lines" />
    </svg>
  )
}

async function leave(): Promise<void> {
  const next = await signOut().catch(() => '/')
  window.location.assign(next)
}
