/** A civil date in Helsinki, `YYYY-MM-DD`. Being text it sorts and compares as it reads. */
export type IsoDate = string

const dayMs = 86_400_000
const helsinkiClock = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Helsinki',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** The date on the wall in Helsinki at an instant. */
export function helsinkiDate(instant: Date): IsoDate {
  return readClock(instant).slice(0, 10)
}

/** The instant at which a date begins in Helsinki. */
export function startOfHelsinkiDay(date: IsoDate): Date {
  const utcMidnight = toDayNumber(date) * dayMs
  // Finland is two or three hours ahead of UTC, so one of the two guesses reads midnight on the wall.
  const summer = new Date(utcMidnight - 3 * 3_600_000)
  return readClock(summer) === `${date}T00:00:00` ? summer : new Date(utcMidnight - 2 * 3_600_000)
}

/** Whether `text` is a date that exists, written `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toDayNumberOrNaN(text))
}

/** The date `days` later (earlier when negative). @throws RangeError when `date` is no date. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return fromDayNumber(toDayNumber(date) + days)
}

/** Days from one date to another; negative when `to` is the earlier one. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return toDayNumber(to) - toDayNumber(from)
}

/** 1 = Monday to 7 = Sunday. */
export function weekday(date: IsoDate): number {
  return ((((toDayNumber(date) + 3) % 7) + 7) % 7) + 1
}

/** A date as Finns write it: `24.6.2023`. */
export function formatDate(date: IsoDate): string {
  return `${Number(date.slice(8, 10))}.${Number(date.slice(5, 7))}.${date.slice(0, 4)}`
}

/** Reads `24.6.2023` or `24.06.2023`, blanks allowed after the points; undefined when there is no such day. */
export function parseFinnishDate(text: string): IsoDate | undefined {
  const [, day, month, year] = /^\s*(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\s*$/.exec(text) ?? []
  if (day === undefined || month === undefined || year === undefined) return undefined
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isIsoDate(date) ? date : undefined
}

function readClock(instant: Date): string {
  const part = Object.fromEntries(helsinkiClock.formatToParts(instant).map(({ type, value }) => [type, value]))
  return `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}:${part['second']}`
}

function toDayNumber(date: IsoDate): number {
  const number = toDayNumberOrNaN(date)
  if (Number.isNaN(number)) throw new RangeError(`not a date: ${date.slice(0, 10)}`)
  return number
}

function toDayNumberOrNaN(date: string): number {
  const year = Number(date.slice(0, 4))
  const month = Number(date.slice(5, 7))
  const day = Number(date.slice(8, 10))
  const instant = Date.UTC(year, month - 1, day)
  const exists = date.length === 10 && new Date(instant).getUTCDate() === day && month >= 1 && month <= 12
  return exists ? instant / dayMs : Number.NaN
}

function fromDayNumber(day: number): IsoDate {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}
