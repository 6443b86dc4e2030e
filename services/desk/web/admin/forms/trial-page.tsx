import { Alert, BodyShort, Table } from '@navikt/ds-react'
import { type CheckedField, type DraftField, type FormDraft, type FormTrial, sortByPlace } from '@tasain/contracts'
import { useEffect, useMemo } from 'react'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { FieldMark } from '../../shell/papers/field-mark.tsx'
import { useObjectUrl } from '../../shell/papers/page-image.tsx'
import { Cutting } from '../../shell/papers/snippet.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { nameTick, shellTexts } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'
import { sayField } from './words.ts'

type Tried = FormTrial['pages'][number]
type Props = { name: string; page: Tried; draft: FormDraft }

const looks = { lines: 'success', name: 'warning', none: 'error' } as const

/** What was read from one page of a filled copy, field by field, each beside the piece of the page it was read from. */
export function TrialPage({ name, page, draft: { fields, barcode } }: Props) {
  const t = useTexts(adminTexts).trial
  const { language } = useLanguage()
  const address = useObjectUrl(useMemo(() => toBlob(page.image), [page.image]))
  const read = Object.values(page.fields)
  const words = t.count(read.length, fields.length, read.filter(({ status }) => status === 'sure').length)
  const fit = t.fits[page.fit]
  const isOwn = (code: string) => barcode !== null && code.startsWith(barcode.begins)
  const otherCode = page.codes.some(isOwn) ? undefined : page.codes[0]
  useEffect(() => announce(`${name}: ${fit}`), [name, fit])
  return (
    <div className="stack">
      <Alert variant={looks[page.fit]} size="small">
        {fit}
      </Alert>
      {barcode && otherCode !== undefined && (
        <Alert variant="warning" size="small">
          {t.otherCode(otherCode, barcode.begins)}
        </Alert>
      )}
      {page.fit === 'lines' && (
        <>
          <BodyShort size="small">{words}</BodyShort>
          <Scroll label={t.table(name)}>
            <Table size="small" className="trial-table">
              <TableHead columns={[t.field, t.value]} />
              <Table.Body>
                {sortByPlace(fields, ({ region }) => region).map((field) => (
                  <TriedField
                    key={field.key}
                    label={sayField(field, language)}
                    field={toChecked(field, page)}
                    page={page}
                    address={address}
                  />
                ))}
              </Table.Body>
            </Table>
          </Scroll>
        </>
      )}
    </div>
  )
}

type RowProps = { label: string; field: CheckedField; page: Tried; address: string | undefined }

function TriedField({ label, field, page, address }: RowProps) {
  const t = useTexts(adminTexts).trial
  const shell = useTexts(shellTexts)
  return (
    <Table.Row>
      <Table.HeaderCell scope="row">{label}</Table.HeaderCell>
      <Table.DataCell>
        {field.box && address && (
          <Cutting address={address} page={page} box={field.box} words={shell.viewer.snippet(label)} tallest={36} />
        )}
        {field.status === 'missing' ? (
          <span className="quiet">{t.empty}</span>
        ) : (
          <span className="row">
            <span className="trial-value">{nameTick(field, shell) ?? field.value}</span>
            <FieldMark field={field} />
          </span>
        )}
      </Table.DataCell>
    </Table.Row>
  )
}

function toChecked({ key, type, names }: DraftField, { fields }: Tried): CheckedField {
  const read = fields[key]
  const { value = '', confidence = 0, box = null } = read ?? {}
  const known = {
    name: key,
    type,
    names,
    value,
    confidence,
    box,
    pageId: null,
    source: 'reading',
    required: false,
  } as const
  return { ...known, status: read?.status ?? 'missing' }
}

function toBlob(base64: string): Blob {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  return new Blob([bytes], { type: 'image/webp' })
}
