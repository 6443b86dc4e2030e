import { formatDate, helsinkiDate } from '@tasain/vocabulary'

// Both languages write dates, times and numbers alike in Finland, so one set of formats serves them.
const clock = new Intl.DateTimeFormat('fi-FI', { timeZone: 'Europe/Helsinki', hour: 'numeric', minute: '2-digit' })
const whole = new Intl.NumberFormat('fi-FI', { maximumFractionDigits: 0 })
const oneDecimal = new Intl.NumberFormat('fi-FI', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat('fi-FI', { style: 'percent', maximumFractionDigits: 0 })

/** `24.6.2023` for a date or an instant (the day on the wall in Helsinki). */
export function showDate(value: string): string {
  return formatDate(value.length === 10 ? value : helsinkiDate(new Date(value)))
}

/** `12.04`: the time on the wall in Helsinki. */
export function showTime(value: string | number): string {
  return clock.format(new Date(value))
}

/** `24.6.2023 12.04` */
export function showMoment(value: string): string {
  return `${showDate(value)} ${showTime(value)}`
}

/** `12 345` with blanks that do not break. */
export function showNumber(value: number): string {
  return whole.format(value)
}

/** `7,4` */
export function showDecimal(value: number): string {
  return oneDecimal.format(value)
}

/** `41 %` of a share from 0 to 1. */
export function showPercent(share: number): string {
  return percent.format(share)
}

/** `9:05` of minutes and seconds left; never below zero. */
export function showCountdown(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** `1,2 Mt`, `340 kt`: the unit differs by language and is given. */
export function showBytes(bytes: number, [kilo, mega]: readonly [string, string]): string {
  return bytes < 1_000_000
    ? `${whole.format(Math.max(1, bytes / 1000))} ${kilo}`
    : `${oneDecimal.format(bytes / 1e6)} ${mega}`
}

/** Today's date in Helsinki. */
export function getToday(): string {
  return helsinkiDate(new Date())
}
