import { describe, expect, test } from 'vitest'
import { separatorCode, writeCoverCode } from '../../scanning/sheets/sheet-code.ts'
import { divideStack, type SeenPage } from './divide.ts'

const cover = { office: 'lahti', batchNumber: 7, benefit: 'TO', language: 'fi' } as const
const coverSheet: Omit<SeenPage, 'id'> = { codes: [writeCoverCode(cover)], form: null, blank: false, sheet: true }
const separator: Omit<SeenPage, 'id'> = { codes: [separatorCode], form: null, blank: false, sheet: true }
const letter: Omit<SeenPage, 'id'> = { codes: [], form: null, blank: false, sheet: false }
const blank: Omit<SeenPage, 'id'> = { codes: [], form: null, blank: true, sheet: false }
const form = (code: string, page = 1): Omit<SeenPage, 'id'> => ({
  codes: [`TSN:${code}:2026-01:${page}:000012`],
  form: code,
  blank: false,
  sheet: false,
})

/** Pages are named by their place in the stack, from 1. */
const divide = (...pages: Omit<SeenPage, 'id'>[]) =>
  divideStack(pages.map((page, index) => ({ ...page, id: String(index + 1) })))

test('the first page of a form begins a document, and what follows belongs to it', () => {
  const { documents } = divide(form('TO1'), letter, letter, form('YA2'), letter, form('YA2'))
  expect(documents).toEqual([['1', '2', '3'], ['4', '5'], ['6']])
})

test('a later page of a form stays with its first page, but not with another form', () => {
  const { documents } = divide(form('TO1'), form('TO1', 2), form('YA2', 2), letter)
  expect(documents).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
})

test('a form known by its lines and not by its code begins a document too', () => {
  const { documents } = divide(form('TO1'), { ...letter, form: 'YA2' }, { ...form('YA2'), codes: [] })
  expect(documents).toEqual([['1'], ['2'], ['3']])
})

test('cover and separators are of no document; what stands behind one begins a new one', () => {
  const { documents, covers, separators } = divide(coverSheet, letter, letter, separator, letter, coverSheet, letter)
  expect(documents).toEqual([['2', '3'], ['5'], ['7']])
  expect(covers).toEqual([
    { id: '1', cover },
    { id: '6', cover },
  ])
  expect(separators).toEqual(['4'])
})

test('a blank page begins nothing: it stays with what was before it, or else with what comes first', () => {
  const { documents } = divide(coverSheet, blank, form('TO1'), blank, separator, blank, letter)
  expect(documents).toEqual([['2', '3', '4', '6'], ['7']])
})

test('separators after one another make no empty documents, and a stack of blanks is one document', () => {
  expect(divide(separator, separator, letter, separator).documents).toEqual([['3']])
  expect(divide(coverSheet, separator).documents).toEqual([])
  expect(divide(blank, separator, blank).documents).toEqual([['1', '3']])
})

describe('Wrong but sure', () => {
  test('a filled page with a separator’s code begins a document and stays', () => {
    const sticker = { codes: ['PATCHT'], sheet: false }
    const { documents, separators, doubtful } = divide(
      form('TO1'),
      { ...form('YA2'), ...sticker },
      letter,
      { ...letter, ...sticker },
      { ...letter, codes: [writeCoverCode(cover)] },
      separator,
    )
    expect(documents).toEqual([['1'], ['2', '3'], ['4'], ['5']])
    expect(separators).toEqual(['6'])
    expect(doubtful).toEqual(['4', '5'])
  })
})

test('every page has exactly one place, whatever the stack', () => {
  const kinds = [coverSheet, separator, letter, blank, form('TO1'), form('TO1', 2)]
  for (let seed = 0; seed < 500; seed += 1) {
    const stack = Array.from(
      { length: 1 + (seed % 12) },
      (_, i) => kinds[(seed * 31 + i * i * 17 + i * 7) % 6] ?? letter,
    )
    const { documents, covers, separators } = divide(...stack)
    const placed = [...documents.flat(), ...covers.map(({ id }) => id), ...separators]
    expect(placed.map(Number).sort((a, b) => a - b)).toEqual(stack.map((_, index) => index + 1))
    expect(documents.every((document) => document.length > 0)).toBe(true)
  }
})
