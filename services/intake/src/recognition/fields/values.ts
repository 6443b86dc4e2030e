import {
  addDays,
  birthDateOf,
  type IsoDate,
  parseFinnishDate,
  parseHetu,
  parseIban,
  revealHetu,
} from '@tasain/vocabulary'
import type { FieldType } from '../forms/definition.ts'

/**
 * What one look at a field gave. `crowned`: a plain capital stands so high that it must wear a ring, a dot or a hook.
 * `lacksLetters`: by the Finnish model, which knows no å, é or q.
 */
export type Look = {
  readonly text: string
  readonly confidence: number
  readonly crowned?: boolean
  readonly lacksLetters?: boolean
  /** The picture shows marks on letters that the text does not have (see marks.ts). */
  readonly unexplained?: boolean
}

/** A value as people write it, and whether it stands by its own rules. */
export type Value = { readonly value: string; readonly holds: boolean; readonly mapped: boolean }

/** Writes what was read as people write it. `today` bounds the dates that can be meant. */
export function writeValue(type: FieldType, text: string, today: IsoDate): Value {
  const tidy = text.replace(/[\s|_]+/g, ' ').trim()
  switch (type) {
    case 'hetu':
      return writeHetu(tidy, today)
    case 'iban':
      return writeIban(tidy)
    case 'date':
      return writeDate(tidy, today)
    case 'amount':
      return writeAmount(tidy)
    case 'phone':
      return writePhone(tidy)
    case 'postal':
      return writePostal(tidy)
    case 'name':
    case 'line':
      return writeLine(tidy)
    case 'email':
      return { value: tidy, holds: /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(tidy), mapped: false }
    case 'text':
      return writeText(tidy)
  }
}

const alikeDigits: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  '|': '1',
  S: '5',
  B: '8',
  Z: '2',
  G: '6',
}
const toDigits = (text: string) => text.replace(/[A-Z|]/g, (letter) => alikeDigits[letter] ?? letter)

/**
 * An identity code. Letters are put right to digits only where a digit must stand, and the birth date must be one of a
 * person alive or lately dead. The check character does not cover the sign.
 */
function writeHetu(text: string, today: IsoDate): Value {
  const code = text
    .replace(/[\s.,]/g, '')
    .toUpperCase()
    .replace(/[–—_~]/g, '-')
  if (isPlausible(code, today)) return { value: code, holds: true, mapped: false }
  if (code.length === 11) {
    const right = `${toDigits(code.slice(0, 6))}${code.charAt(6)}${toDigits(code.slice(7, 10))}${code.charAt(10)}`
    if (isPlausible(right, today)) return { value: right, holds: true, mapped: true }
  }
  return { value: code, holds: false, mapped: false }
}

function isPlausible(code: string, today: IsoDate): boolean {
  const hetu = parseHetu(code)
  if (hetu === undefined || revealHetu(hetu) !== code) return false
  const born = birthDateOf(hetu)
  return born <= today && born > addDays(today, -118 * 365)
}

/** An account number. The country's letters are often read as digits and the digits never; two checks prove the rest. */
function writeIban(text: string): Value {
  const compact = text.replace(/[\s.,-]/g, '').toUpperCase()
  const valid = parseIban(compact)
  if (valid !== undefined) return { value: valid, holds: true, mapped: false }
  const digits = toDigits(compact).match(/\d{16}$/)?.[0]
  const repaired =
    digits === undefined || !/^[FPE]?[1ILTJ]{0,2}\d{16}$/.test(compact.replace(/^F[I1]I?/, 'F'))
      ? undefined
      : parseIban(`FI${digits}`)
  if (repaired !== undefined) return { value: repaired, holds: true, mapped: true }
  return { value: compact.replace(/(.{4})(?=.)/g, '$1 '), holds: false, mapped: false }
}

function writeDate(text: string, today: IsoDate): Value {
  const compact = text.replace(/\s/g, '').replace(/[,;:]/g, '.').replace(/\.$/, '')
  const date = parseFinnishDate(compact)
  const holds = date !== undefined && date > '1900-01-01' && date < addDays(today, 20 * 366)
  return { value: compact, holds, mapped: false }
}

function writeAmount(text: string): Value {
  const compact = text
    .replace(/\s|€|euroa?|eur/gi, '')
    .replace(/\.(?=\d{3}(\D|$))/g, '')
    .replace(/\.(?=\d{2}$)/, ',')
  const [, whole, cents] = /^(\d{1,7})(?:,(\d{2}))?$/.exec(compact) ?? []
  if (whole === undefined) return { value: text, holds: false, mapped: false }
  const grouped = whole.replace(/(\d)(?=(\d{3})+$)/g, '$1 ')
  return { value: cents === undefined ? grouped : `${grouped},${cents}`, holds: !/^0\d/.test(whole), mapped: false }
}

function writePhone(text: string): Value {
  const compact = text.replace(/[\s()-]/g, '')
  // As people group them: after three digits, but 0400 and its like are known by four.
  const parts = /^(0(?:400|500|457)|0\d\d)(\d{3})(\d{3,4})$/.exec(compact)
  const value = parts && compact.length === 10 ? parts.slice(1).join(' ') : text
  return { value, holds: /^(0[1-9]\d{4,10}|(\+|00)\d{8,14})$/.test(compact), mapped: false }
}

function writePostal(text: string): Value {
  const [, code, town] = /^(\d{5})[\s,]*(\p{L}[\p{L} .-]*)$/u.exec(text.replace(/^FI-?(?=\d{5})/i, '')) ?? []
  if (code === undefined || town === undefined) return { value: text, holds: false, mapped: false }
  // Towns are often written in capitals; a town has one spelling. Its first letter is a capital: an I, if it looks like an l.
  const spelled = (town === town.toUpperCase() ? capitalise(town) : town).replace(/^l(?=\p{Ll})/u, 'I')
  const holds = /^\p{Lu}\p{L}+([ -]\p{Lu}?\p{L}+)*$/u.test(spelled)
  return { value: `${code} ${spelled}`, holds, mapped: town.startsWith('l') }
}

/**
 * A name, street or employer. Written in capitals it is spelled as usual, and a stairway's letter stands by itself between
 * the house and the flat: both are our reading and not the writer's.
 */
function writeLine(text: string): Value {
  const letters = text.replace(/[^\p{L}]/gu, '')
  const capitals = letters.length > 3 && letters === letters.toUpperCase()
  const spelled = capitals ? capitalise(text) : text
  const value = spelled.replace(/(?<=\s\d{1,3}) ?(\p{L}) ?(?=\d{1,3}$)/u, ' $1 ')
  const holds = letters.length >= 2 && !/[^\p{L}\p{N} .,'’&/:()+-]/u.test(text)
  return { value, holds, mapped: capitals || value !== text }
}

/** Running text. Whether a hyphen at a line's end belongs to the word nobody can tell: it is joined, and not sure. */
function writeText(text: string): Value {
  const divided = /\p{L}- \p{L}/u
  const value = text.replace(/(\p{L}-) (?=\p{L})/gu, '$1')
  return { value, holds: text.length > 0, mapped: divided.test(text) }
}

function capitalise(text: string): string {
  return text
    .toLowerCase()
    .replace(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
}
