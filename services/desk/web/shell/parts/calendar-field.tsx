import { DatePicker, useDatepicker } from '@navikt/ds-react'
import { useEffect, useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { type DateProps, describeLimits, isDayAsTyped } from './date-texts.ts'

export type CalendarProps = DateProps & { isOpened: boolean }

/** A date that is typed or chosen from a calendar; DateField shows it once its code is there. */
export function CalendarField({
  label,
  description,
  value,
  onChange,
  min,
  max,
  required = false,
  error,
  isOpened,
}: CalendarProps) {
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
  const [opensAtOnce, setOpensAtOnce] = useState(isOpened)
  const { onOpenToggle } = datepickerProps
  useEffect(() => {
    if (!opensAtOnce) return
    setOpensAtOnce(false)
    onOpenToggle?.()
  }, [opensAtOnce, onOpenToggle])
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

function toLocalDate(iso: string): Date {
  return new Date(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10)))
}

function toIsoDate(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
