import { DatePicker, useDatepicker } from '@navikt/ds-react'
import { formatDate } from '@tasain/vocabulary'
import { useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'

type Props = {
  label: string
  description?: string
  /** `YYYY-MM-DD`, or null when there is none. */
  value: string | null
  onChange: (value: string | null) => void
  min?: string | undefined
  max?: string | undefined
  required?: boolean
  error?: string | undefined
}

/** A calendar date, typed as `24.6.2023` or chosen from a calendar. */
export function DateField({ label, description, value, onChange, min, max, required = false, error }: Props) {
  const t = useTexts(shellTexts).form
  const [problem, setProblem] = useState<string>()
  const { datepickerProps, inputProps } = useDatepicker({
    ...(value ? { defaultSelected: toLocalDate(value) } : {}),
    ...(min ? { fromDate: toLocalDate(min) } : {}),
    ...(max ? { toDate: toLocalDate(max) } : {}),
    inputFormat: 'd.M.yyyy',
    allowTwoDigitYear: false,
    required,
    onDateChange: (date) => onChange(date ? toIsoDate(date) : null),
    onValidate: ({ isInvalid, isBefore, isAfter, isEmpty }) => {
      if (isEmpty) setProblem(required ? t.required : undefined)
      else if (isInvalid) setProblem(t.date)
      else if (isBefore || isAfter) setProblem(describeLimits(t, min, max))
      else setProblem(undefined)
    },
  })
  return (
    <DatePicker {...datepickerProps}>
      <DatePicker.Input
        {...inputProps}
        size="small"
        label={label}
        description={description}
        error={problem === t.date && isDayAsTyped(inputProps.value) ? t.noSuchDate : (problem ?? error)}
        autoComplete="off"
      />
    </DatePicker>
  )
}

/** Whether a text has the form of a day, whether or not there is such a day. */
function isDayAsTyped(text: unknown): boolean {
  return typeof text === 'string' && /^\s*\d{1,2}\.\d{1,2}\.\d{4}\s*$/.test(text)
}

function describeLimits(
  t: (typeof shellTexts)['fi']['form'],
  min: string | undefined,
  max: string | undefined,
): string {
  if (min && max) return t.dateRange(formatDate(min), formatDate(max))
  if (min) return t.dateFrom(formatDate(min))
  return max ? t.dateTo(formatDate(max)) : t.date
}

function toLocalDate(iso: string): Date {
  return new Date(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10)))
}

function toIsoDate(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
