import { TextField } from '@navikt/ds-react'
import { formatDate, parseFinnishDate } from '@tasain/vocabulary'
import { type ComponentType, useEffect, useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { type DateProps, describeLimits, isDayAsTyped } from './date-texts.ts'

let calendar: ComponentType<DateProps> | undefined

/**
 * A calendar date, typed as `24.6.2023` or chosen from a calendar. The calendar is large and comes after the page; until it
 * has, or when it can't, the field can be typed in.
 */
export function DateField(props: DateProps) {
  const [Calendar, setCalendar] = useState<ComponentType<DateProps> | undefined>(() => calendar)
  const [isReady, setReady] = useState(false)
  const [isAtRest, setAtRest] = useState(true)
  useEffect(() => {
    if (calendar) return
    let isGone = false
    import('./calendar-field.tsx').then(
      ({ CalendarField }) => {
        calendar = CalendarField
        if (!isGone) setReady(true)
      },
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [])
  // Never takes the place of a field that somebody is in, or of a text that is no date yet.
  useEffect(() => {
    if (isReady && isAtRest) setCalendar(() => calendar)
  }, [isReady, isAtRest])
  return Calendar ? <Calendar {...props} /> : <PlainDateField {...props} onRest={setAtRest} />
}

type PlainProps = DateProps & { onRest: (isAtRest: boolean) => void }

function PlainDateField({
  label,
  description,
  value,
  onChange,
  min,
  max,
  required = false,
  error,
  onRest,
}: PlainProps) {
  const t = useTexts(shellTexts).form
  const [text, setText] = useState(value ? formatDate(value) : '')
  const [problem, setProblem] = useState<string>()
  const judge = (typed: string): { day: string | null; fault?: string | undefined } => {
    if (typed.trim() === '') return { day: null, fault: required ? t.required : undefined }
    const day = parseFinnishDate(typed)
    if (day === undefined) return { day: null, fault: isDayAsTyped(typed) ? t.noSuchDate : t.date }
    const isOutside = (min !== undefined && day < min) || (max !== undefined && day > max)
    return isOutside ? { day: null, fault: describeLimits(t, min, max) } : { day }
  }
  return (
    <TextField
      size="small"
      className="plain-date"
      label={label}
      description={description}
      htmlSize={11}
      value={text}
      onFocus={() => onRest(false)}
      onChange={({ target }) => {
        const { day, fault } = judge(target.value)
        setText(target.value)
        setProblem((before) => before && fault)
        onChange(day)
      }}
      onBlur={() => {
        const { fault } = judge(text)
        setProblem(fault)
        onRest(fault === undefined)
      }}
      error={problem ?? error}
      autoComplete="off"
    />
  )
}
