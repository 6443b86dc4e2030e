import { PrinterSmallIcon } from '@navikt/aksel-icons'
import { BodyShort, Button, Heading, Select } from '@navikt/ds-react'
import type { Batch } from '@tasain/contracts'
import { benefits, languages } from '@tasain/vocabulary'
import { useState } from 'react'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { clerkTexts } from '../texts.ts'

/** Cover and separator sheets to print, the cover for the whole batch or for some papers in it. */
export function SheetLinks({ batch }: { batch: Batch }) {
  const t = useTexts(clerkTexts)
  const shell = useTexts(shellTexts)
  const { language } = useLanguage()
  const [benefit, setBenefit] = useState('')
  const [spoken, setSpoken] = useState('')
  const cover = new URLSearchParams({ in: language, ...(benefit && { benefit }), ...(spoken && { language: spoken }) })
  const print = {
    as: 'a',
    role: 'link',
    size: 'small',
    variant: 'secondary',
    target: '_blank',
    rel: 'noopener',
  } as const
  return (
    <section className="card stack">
      <div>
        <Heading level="2" size="small">
          {t.sheets.title}
        </Heading>
        <BodyShort size="small" className="quiet">
          {t.sheets.help}
        </BodyShort>
      </div>
      <div className="row sheet-links">
        <Select
          size="small"
          label={t.checking.benefit}
          value={benefit}
          onChange={({ target }) => setBenefit(target.value)}
        >
          <option value="">{t.sheets.asBatch}</option>
          {benefits.map((code) => (
            <option key={code} value={code}>
              {nameBenefit(code, language)}
            </option>
          ))}
        </Select>
        <Select
          size="small"
          label={t.checking.language}
          value={spoken}
          onChange={({ target }) => setSpoken(target.value)}
        >
          <option value="">{t.sheets.asBatch}</option>
          {languages.map((code) => (
            <option key={code} value={code}>
              {shell.languages[code]}
            </option>
          ))}
        </Select>
        <Button
          {...print}
          icon={<PrinterSmallIcon aria-hidden />}
          href={`/api/intake/batches/${batch.id}/cover?${cover}`}
        >
          {t.sheets.cover}
        </Button>
        <Button
          {...print}
          icon={<PrinterSmallIcon aria-hidden />}
          href={`/api/intake/batches/${batch.id}/separator?in=${language}`}
        >
          {t.sheets.separator}
        </Button>
      </div>
    </section>
  )
}
