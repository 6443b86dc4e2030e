import type { RefusalCode } from '@tasain/contracts'
import {
  formatDate,
  type IsoDate,
  isBenefit,
  isIsoDate,
  isLanguage,
  parseFinnishDate,
  parseHetu,
  parseIban,
  revealHetu,
} from '@tasain/vocabulary'
import { findArrivalRefusal } from '../scanning/arrival.ts'

export type Corrected = { ok: true; value: string } | { ok: false; code: RefusalCode }

const refuse = (code: RefusalCode): Corrected => ({ ok: false, code })
const keep = (value: string | undefined, otherwise: RefusalCode): Corrected =>
  value === undefined ? refuse(otherwise) : { ok: true, value }

/** The date in Helsinki, and whether the clerk says that a date of arrival long ago is right. */
type Checking = { today: IsoDate; confirmOld: boolean }

const checks: Readonly<Record<string, (text: string, checking: Checking) => Corrected>> = {
  benefit: (text) => keep(isBenefit(text) ? text : undefined, 'application.unknown_benefit'),
  language: (text) => keep(isLanguage(text) ? text : undefined, 'application.unknown_language'),
  arrivedOn(text, { today, confirmOld }) {
    const date = readDate(text)
    const refusal = date === undefined ? 'application.wrong_date' : findArrivalRefusal(date, today, confirmOld)
    return keep(refusal === undefined ? date : undefined, refusal ?? 'application.wrong_date')
  },
  hetu(text) {
    const hetu = parseHetu(text)
    return keep(hetu && revealHetu(hetu), 'application.wrong_hetu')
  },
  iban: (text) => keep(parseIban(text), 'application.wrong_iban'),
  postal(text) {
    const [, code, town] = /^(\d{5})(?:\s+(\S.*))?$/.exec(text) ?? []
    return keep(code === undefined ? undefined : [code, town].filter(Boolean).join(' '), 'application.wrong_postal')
  },
  date: checkDate,
  date2: checkDate,
  signdate: checkDate,
}

// Empty says that there is none; only these must have something.
const neverEmpty = new Set(['benefit', 'language', 'arrivedOn', 'hetu', 'postal', 'name'])
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029]/gu

/** The date a clerk wrote, either way; undefined when there is none. */
export function readDate(text: string): IsoDate | undefined {
  return isIsoDate(text) ? text : parseFinnishDate(text)
}

/** Checks what a clerk wrote into a field and gives it as it is kept. */
export function checkCorrection(name: string, written: string, checking: Checking): Corrected {
  const text = written.normalize('NFC').replace(unprintable, ' ').trim()
  if (text === '' && !neverEmpty.has(name)) return { ok: true, value: '' }
  const check = Object.hasOwn(checks, name) ? checks[name] : undefined
  if (check) return check(text, checking)
  return text === '' || !/^[a-zA-Z][a-zA-Z0-9_]{0,39}$/.test(name)
    ? refuse('request.invalid')
    : { ok: true, value: text }
}

/** Checks what a clerk says of a box to tick: `on`, `off`, or empty where nobody can tell. */
export function checkTick(written: string): Corrected {
  return ['on', 'off', ''].includes(written) ? { ok: true, value: written } : refuse('request.invalid')
}

function checkDate(text: string): Corrected {
  const date = readDate(text)
  return keep(date && formatDate(date), 'application.wrong_date')
}
