import { addDays, type IsoDate, weekday } from './dates.ts'

const byYear = new Map<number, Holidays>()

type Holidays = { public: ReadonlySet<IsoDate>; closed: ReadonlySet<IsoDate> }

/** Whether the day is a public holiday of Finland, by the rules in force since 1992. */
export function isPublicHoliday(date: IsoDate): boolean {
  return getHolidays(date).public.has(date)
}

/**
 * Whether the day is a working day: Monday to Friday, not a public holiday, and neither Midsummer Eve nor Christmas Eve.
 * The two eves are no public holidays, but offices are closed and the Act on the Calculation of Statutory Time Limits
 * (150/1930, section 5) treats them like one when a time limit ends on them.
 */
export function isWorkingDay(date: IsoDate): boolean {
  return weekday(date) <= 5 && !getHolidays(date).closed.has(date)
}

/** The day itself when it is a working day, else the next one. */
export function toWorkingDay(date: IsoDate): IsoDate {
  let day = date
  while (!isWorkingDay(day)) day = addDays(day, 1)
  return day
}

/** The public holidays of a year in order of date, those on Saturdays and Sundays included. */
export function listPublicHolidays(year: number): IsoDate[] {
  return [...getHolidays(`${String(year).padStart(4, '0')}-01-01`).public].sort()
}

function getHolidays(date: IsoDate): Holidays {
  const year = Number(date.slice(0, 4))
  const known = byYear.get(year)
  if (known !== undefined) return known
  const holidays = reckonHolidays(date.slice(0, 4))
  byYear.set(year, holidays)
  return holidays
}

function reckonHolidays(year: string): Holidays {
  const easter = easterSunday(Number(year))
  const midsummer = nextSaturday(`${year}-06-20`)
  const holidays = [
    `${year}-01-01`,
    `${year}-01-06`,
    addDays(easter, -2),
    easter,
    addDays(easter, 1),
    `${year}-05-01`,
    addDays(easter, 39),
    addDays(easter, 49),
    midsummer,
    nextSaturday(`${year}-10-31`),
    `${year}-12-06`,
    `${year}-12-25`,
    `${year}-12-26`,
  ]
  return { public: new Set(holidays), closed: new Set([...holidays, addDays(midsummer, -1), `${year}-12-24`]) }
}

function nextSaturday(from: IsoDate): IsoDate {
  return addDays(from, (13 - weekday(from)) % 7)
}

/** Gregorian Easter by the method of Meeus, Jones and Butcher. */
function easterSunday(year: number): IsoDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor((8 * b + 13) / 25)
  const e = (19 * a + b - Math.floor(b / 4) - d + 15) % 30
  const f = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - e - (c % 4)) % 7
  const g = Math.floor((a + 11 * e + 22 * f) / 451)
  const days = e + f - 7 * g + 114
  const month = String(Math.floor(days / 31)).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${month}-${String((days % 31) + 1).padStart(2, '0')}`
}
