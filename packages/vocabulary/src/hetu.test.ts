import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { birthDateOf, hetuCheckCharacter, isTestHetu, parseHetu, revealHetu } from './hetu.ts'
import { maskHetus } from './mask.ts'

const century: Readonly<Record<string, string>> = { '+': '18', '-': '19', A: '20' }
for (const sign of 'YXWVU') Object.assign(century, { [sign]: '19' })
for (const sign of 'BCDEF') Object.assign(century, { [sign]: '20' })

/** Valid codes that belong to nobody: individual numbers 900 to 999. */
const testCodes = fc
  .record({
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.integer({ min: 1, max: 12 }),
    year: fc.integer({ min: 0, max: 99 }),
    sign: fc.constantFrom(...Object.keys(century)),
    individual: fc.integer({ min: 900, max: 999 }),
  })
  .map(({ day, month, year, sign, individual }) => {
    const date = [day, month, year].map((part) => String(part).padStart(2, '0')).join('')
    return `${date}${sign}${individual}${hetuCheckCharacter(`${date}${individual}`)}`
  })

test.each(['010594Y9032', '010594Y9021', '020594X903P', '010516B903X', '311280-999J'])('%s is a valid code', (code) => {
  const hetu = parseHetu(code)
  expect(hetu && revealHetu(hetu)).toBe(code)
  expect(hetu && isTestHetu(hetu)).toBe(true)
})

test('the check character of the published example is T', () => {
  expect(hetuCheckCharacter('131052308')).toBe('T')
  expect(() => hetuCheckCharacter('13105230')).toThrow(RangeError)
})

test('every valid code is read back, in lower case and with blanks, with its date of birth', () => {
  fc.assert(
    fc.property(testCodes, (code) => {
      const hetu = parseHetu(` ${code.slice(0, 6)} ${code.slice(6, 7).toLowerCase()} ${code.slice(7).toLowerCase()} `)
      expect(hetu && revealHetu(hetu)).toBe(code)
      expect(hetu && birthDateOf(hetu)).toBe(
        `${century[code.charAt(6)]}${code.slice(4, 6)}-${code.slice(2, 4)}-${code.slice(0, 2)}`,
      )
    }),
  )
})

test('one wrong digit is always found', () => {
  fc.assert(
    fc.property(
      testCodes,
      fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 9),
      fc.integer({ min: 1, max: 9 }),
      (code, at, by) => {
        const wrong = (Number(code.charAt(at)) + by) % 10
        expect(parseHetu(`${code.slice(0, at)}${wrong}${code.slice(at + 1)}`)).toBeUndefined()
      },
    ),
  )
})

test.each([
  ['300299-999', 'there is no 30 February'],
  ['290299A999', 'the year 2099 has no leap day'],
  ['010100-001', 'individual numbers begin at 002'],
  ['010100G999', 'G is no century sign'],
])('%s and its check character are refused: %s', (start) => {
  const check = hetuCheckCharacter(`${start.slice(0, 6)}${start.slice(7)}`)
  expect(parseHetu(start + check)).toBeUndefined()
})

test('codes that differ by the sign alone are two people', () => {
  const [one, other] = [parseHetu('100190-999P'), parseHetu('100190Y999P')]
  if (one === undefined || other === undefined) throw new Error('both are valid')
  expect(birthDateOf(one)).toBe(birthDateOf(other))
  expect(revealHetu(one)).not.toBe(revealHetu(other))
})

test('a code cannot be printed by accident', () => {
  const hetu = parseHetu('311280-999J')
  const printed = [String(hetu), JSON.stringify({ hetu }), inspect({ hetu }, { depth: 9, showHidden: true })]
  for (const text of printed) expect(text).toContain('[identity code]')
  for (const text of [...printed, JSON.stringify(structuredClone(hetu))]) expect(text).not.toContain('311280')
})

test('every code in running text is masked in any century, and nothing else is', () => {
  fc.assert(
    fc.property(testCodes, fc.constantFrom('Hetu ', 'hetu:', '(', 'HETU', ''), (code, before) => {
      expect(maskHetus(`${before}${code}, Aino`)).toBe(`${before}•••••••••••, Aino`)
      expect(maskHetus(`${before}${code.toLowerCase()} Aino`)).toBe(`${before}••••••••••• Aino`)
    }),
  )
})

test.each([
  ['311280 - 999J', '•••••• • ••••'],
  ['311280–999J', '•••••••••••'],
  ['3I128O-999J', '•••••••••••'],
  ['311280-9g9J', '•••••••••••'],
  ['311280999J', '••••••••••'],
  ['311280 999J', '•••••• ••••'],
  ['311280.999J', '•••••••••••'],
  ['3 1 1 2 8 0 - 9 9 9 J', '• • • • • • • • • • •'],
  ['311280-\n999J', '•••••••\n••••'],
  ['12 311280-999J 311280-999J', '12 ••••••••••• •••••••••••'],
  ['311280-999K', '•••••••••••'],
])('%j, near a code, becomes %j', (text, masked) => {
  expect(maskHetus(text)).toBe(masked)
})

test.each([
  'FI66 5493 6567 2415 42',
  '24.6.2023 - 30.6.2023',
  '040 123 4567',
  '00056 KELA, PL 10',
  '1234567-8',
  '2 041,31 €',
  'Y 77 01.14',
  'soliloquies',
  '2026-11-22T10:11:12.123Z',
])('%j is left as it is', (text) => {
  expect(maskHetus(text)).toBe(text)
})

test('masking keeps the length of any text and a second masking changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(testCodes, fc.string(), fc.constantFrom(' ', '\n', '1', 'O'))), (parts) => {
      const masked = maskHetus(parts.join(''))
      expect(masked).toHaveLength(parts.join('').length)
      expect(maskHetus(masked)).toBe(masked)
    }),
  )
})
