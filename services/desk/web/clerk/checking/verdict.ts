import {
  birthDateOf,
  formatDate,
  type IsoDate,
  judgeArrival,
  parseFinnishDate,
  parseHetu,
  parseIban,
} from '@tasain/vocabulary'

/** What can be said of a value while it is being typed; `problem` and `note` are keys of the clerk's texts. */
export type Verdict =
  | { ok: true; note?: 'born' | 'iban'; detail?: string }
  | { ok: false; problem: 'hetu' | 'wrongIban' | 'postal' | 'date' | 'future' | 'old' | 'tooOld' | 'missing' }

const dates: readonly string[] = ['arrivedOn', 'date', 'date2', 'signdate']

/**
 * Checks a field's value by the same rules as the server: check digits, dates that exist, five digits and a town. An
 * empty value is a fault only where the application waits for it.
 */
export function judgeField(name: string, value: string, required: boolean, today: IsoDate): Verdict {
  const text = value.trim()
  if (text === '') return required ? { ok: false, problem: 'missing' } : { ok: true }
  if (name === 'hetu') return judgeHetu(text)
  if (name === 'iban') return parseIban(text) ? { ok: true, note: 'iban' } : { ok: false, problem: 'wrongIban' }
  if (name === 'postal') return /^\d{5}\s+\p{L}/u.test(text) ? { ok: true } : { ok: false, problem: 'postal' }
  return dates.includes(name) ? judgeDate(name, text, today) : { ok: true }
}

function judgeHetu(text: string): Verdict {
  const hetu = parseHetu(text)
  if (!hetu) return { ok: false, problem: 'hetu' }
  return { ok: true, note: 'born', detail: formatDate(birthDateOf(hetu)) }
}

function judgeDate(name: string, text: string, today: IsoDate): Verdict {
  const date = parseFinnishDate(text)
  if (!date) return { ok: false, problem: 'date' }
  const problem = name === 'arrivedOn' ? judgeArrival(date, today) : 'good'
  return problem === 'good' ? { ok: true } : { ok: false, problem }
}
