import { CalendarIcon } from '@navikt/aksel-icons'
import { BodyShort, Button, ErrorMessage, Label } from '@navikt/ds-react'
import { formatDate, parseFinnishDate } from '@tasain/vocabulary'
import { type FocusEvent, useId, useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { type DateProps, describeLimits, isDayAsTyped } from './date-texts.ts'

type Props = DateProps & {
  /** The calendar was asked for and did not come. */
  isMissing: boolean
  /** Somebody turns to the field. */
  onNear: () => void
  onOpen: () => void
  /** The focus has left the field, with no fault in it. */
  onLeft: () => void
}

/** A date field without its calendar, in the design system's looks: nothing moves when the calendar takes its place. */
export function PlainDateField(props: Props) {
  const { label, description, value, onChange, min, max, required = false, error, isMissing } = props
  const t = useTexts(shellTexts).form
  const id = useId()
  const [text, setText] = useState(value ? formatDate(value) : '')
  const [problem, setProblem] = useState<string>()
  const judge = (typed: string): { day: string | null; fault?: string | undefined } => {
    if (typed.trim() === '') return { day: null, fault: required ? t.required : undefined }
    const day = parseFinnishDate(typed)
    if (day === undefined) return { day: null, fault: isDayAsTyped(typed) ? t.noSuchDate : t.date }
    const isOutside = (min !== undefined && day < min) || (max !== undefined && day > max)
    return isOutside ? { day: null, fault: describeLimits(t, min, max) } : { day }
  }
  const type = (typed: string) => {
    const { day, fault } = judge(typed)
    setText(typed)
    setProblem((before) => before && fault)
    onChange(day)
  }
  const leave = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    if (currentTarget.parentElement?.contains(relatedTarget)) return
    const { fault } = judge(text)
    setProblem(fault)
    if (fault === undefined) props.onLeft()
  }
  const watched = { onFocus: props.onNear, onPointerEnter: props.onNear, onBlur: leave }
  const said = problem ?? error ?? (isMissing ? t.noCalendar : undefined)
  const [about, wrong] = [`${id}-about`, `${id}-wrong`]
  const described = [description && about, said && wrong].filter(Boolean).join(' ')
  const faulty = said ? ' aksel-text-field--error aksel-date__field--error' : ''
  return (
    <div className="aksel-date__wrapper">
      <div className={`aksel-form-field aksel-form-field--small aksel-date__field${faulty}`}>
        <Label htmlFor={id} size="small" className="aksel-form-field__label">
          {label}
        </Label>
        {description && (
          <BodyShort as="div" size="small" id={about} className="aksel-form-field__description">
            {description}
          </BodyShort>
        )}
        <div className="aksel-date__field-wrapper">
          <input
            {...watched}
            id={id}
            size={11}
            autoComplete="off"
            className="aksel-date__field-input aksel-text-field__input aksel-body-short aksel-body-short--small"
            value={text}
            onChange={({ target }) => type(target.value)}
            aria-invalid={said ? true : undefined}
            aria-describedby={described || undefined}
          />
          <Button
            {...watched}
            type="button"
            size="small"
            variant="secondary"
            className="aksel-date__field-button"
            icon={<CalendarIcon title={t.openCalendar} />}
            onClick={props.onOpen}
          />
        </div>
        <div className="aksel-form-field__error" id={wrong} aria-live="polite">
          {said && (
            <ErrorMessage size="small" showIcon>
              {said}
            </ErrorMessage>
          )}
        </div>
      </div>
    </div>
  )
}
