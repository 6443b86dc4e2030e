import { ToggleGroup } from '@navikt/ds-react'
import { isLanguage } from '@tasain/vocabulary'
import { useLanguage, useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'

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
