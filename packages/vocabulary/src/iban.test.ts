import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isValidIban, parseIban } from './iban.ts'

test.each([
  ['FI6654936567241542', 'FI66 5493 6567 2415 42'],
  ['fi21 1234 5600 0007 85', 'FI21 1234 5600 0007 85'],
  ['SE4550000000058398257466', 'SE45 5000 0000 0583 9825 7466'],
  ['NO93 8601 1117 947', 'NO93 8601 1117 947'],
])('%s is written %s', (text, written) => {
  expect(parseIban(text)).toBe(written)
})

test.each([
  ['FI66 5493 6567 2415 43', 'the IBAN check fails'],
  ['FI66 5493 6567 2415 4', 'a digit is missing'],
  ['XX66 5493 6567 2415 42', 'there is no such country'],
  ['FI6654936567241O42', 'a letter stands for a digit'],
  ['', 'it is empty'],
])('%s is refused: %s', (text) => {
  expect(isValidIban(text)).toBe(false)
})

test('a Finnish account whose own check digit is wrong is refused though the IBAN check holds', () => {
  const ibanWithChecks = (account: string) => {
    const remainder = Number(BigInt(`${account}151800`) % 97n)
    return `FI${String(98 - remainder).padStart(2, '0')}${account}`
  }
  expect(isValidIban(ibanWithChecks('54936567241542'))).toBe(true)
  expect(isValidIban(ibanWithChecks('54936567241543'))).toBe(false)
})

test('one changed digit is always found', () => {
  const iban = 'FI6654936567241542'
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 17 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const digit = (Number(iban.charAt(at)) + by) % 10
      expect(isValidIban(`${iban.slice(0, at)}${digit}${iban.slice(at + 1)}`)).toBe(false)
    }),
  )
})
