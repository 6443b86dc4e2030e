import { CheckmarkIcon } from '@navikt/aksel-icons'
import { Button, Checkbox, Select, TextField } from '@navikt/ds-react'
import type { CheckedField } from '@tasain/contracts'
import { benefits, type Language, languages } from '@tasain/vocabulary'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { FieldMark } from '../../shell/papers/field-mark.tsx'
import { Snippet } from '../../shell/papers/snippet.tsx'
import type { ViewedPage } from '../../shell/papers/viewed-page.ts'
import type { ShellTexts } from '../../shell/texts.fi.ts'
import { listKeys, nameBenefit, nameField, shellTexts } from '../../shell/texts.ts'
import { clerkTexts } from '../texts.ts'
import { needsLook } from './checking.ts'
import type { Corrections } from './use-corrections.ts'

type Props = {
  field: CheckedField
  page: ViewedPage | undefined
  typed: Corrections
  onFocus: () => void
  onAccept: () => void
}

/** A field: its name and standing, the piece of the page it was read from, and the value to accept or correct. */
export function FieldRow({ field, page, typed, onFocus, onAccept }: Props) {
  const { language } = useLanguage()
  const t = useTexts(clerkTexts).checking
  const label = nameField(field, language)
  const isAsked = needsLook(field)
  const isOpen = typed.isOpen(field)
  return (
    <div className={isOpen ? 'field field-open' : 'field'}>
      <div className="field-head">
        <span className="field-name" aria-hidden="true">
          {label}
        </span>
        <FieldMark field={field} accepted={typed.isAccepted(field)} />
        {isOpen && (
          <Button
            type="button"
            size="xsmall"
            variant="tertiary"
            icon={<CheckmarkIcon aria-hidden />}
            title={t.accept}
            aria-label={`${t.accept}: ${label}`}
            tabIndex={-1}
            onClick={onAccept}
          />
        )}
      </div>
      {isAsked && field.box && page && page.width > 0 && <Snippet page={page} box={field.box} field={label} />}
      <FieldInput field={field} label={label} typed={typed} onFocus={onFocus} />
    </div>
  )
}

type InputProps = { field: CheckedField; label: string; typed: Corrections; onFocus: () => void }

function FieldInput({ field, label, typed, onFocus }: InputProps) {
  const t = useTexts(clerkTexts)
  const shell = useTexts(shellTexts)
  const { language } = useLanguage()
  const verdict = typed.judge(field)
  const fault = !verdict.ok && typed.isFaultShown(field) ? t.verdict[verdict.problem] : undefined
  const common = {
    size: 'small' as const,
    label,
    hideLabel: true,
    value: typed.read(field),
    error: fault,
    onFocus,
    onBlur: () => typed.leave(field),
    'data-field': field.name,
  }
  const options = listOptions(field, language, shell)
  if (options) {
    return (
      <Select {...common} onChange={({ target }) => typed.write(field, target.value)}>
        <option value="">{t.checking.choose}</option>
        {options.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
    )
  }
  const note = verdict.ok ? describeNote(verdict, t.verdict) : undefined
  return (
    <>
      <TextField
        {...common}
        onChange={({ target }) => typed.write(field, target.value)}
        autoComplete="off"
        spellCheck={false}
      />
      {note && <span className="state state-good">{note}</span>}
      {typed.isOld(field) && (
        <Checkbox
          size="small"
          checked={typed.isConfirmed(field)}
          onChange={({ target }) => typed.confirm(field, target.checked)}
        >
          {t.arrival.confirm(typed.read(field).trim())}
        </Checkbox>
      )}
    </>
  )
}

/** What can be chosen where nothing is to be written; undefined for a field that is written. */
function listOptions(
  { name, type }: CheckedField,
  language: Language,
  { languages: names, ticks }: ShellTexts,
): (readonly [value: string, words: string])[] | undefined {
  if (name === 'benefit') return benefits.map((code) => [code, nameBenefit(code, language)])
  if (name === 'language') return languages.map((code) => [code, names[code]])
  return type === 'tick' ? listKeys(ticks).map((value) => [value, ticks[value]]) : undefined
}

function describeNote(
  { note, detail = '' }: { note?: 'born' | 'iban'; detail?: string },
  t: { born: (date: string) => string; iban: string },
): string | undefined {
  if (note === 'born') return t.born(detail)
  return note === 'iban' ? t.iban : undefined
}
