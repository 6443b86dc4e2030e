import { expect, test } from 'vitest'
import { judgeField } from './verdict.ts'

const today = '2026-11-22'

test('an identity code whose check character agrees tells the date of birth', () => {
  expect(judgeField('hetu', '010190-900P', true, today)).toEqual({ ok: true, note: 'born', detail: '1.1.1990' })
  expect(judgeField('hetu', '010190-900A', true, today)).toEqual({ ok: false, problem: 'hetu' })
})

test('an account number is proved by its check digits, with or without blanks', () => {
  expect(judgeField('iban', 'FI66 5493 6567 2415 42', false, today)).toEqual({ ok: true, note: 'iban' })
  expect(judgeField('iban', 'FI6654936567241543', false, today)).toEqual({ ok: false, problem: 'wrongIban' })
})

test('a postal code needs five digits and a town', () => {
  expect(judgeField('postal', '68600 Pietarsaari', true, today).ok).toBe(true)
  expect(judgeField('postal', '6860 Pietarsaari', true, today)).toEqual({ ok: false, problem: 'postal' })
  expect(judgeField('postal', '68600', true, today)).toEqual({ ok: false, problem: 'postal' })
})

test('a paper cannot arrive tomorrow, but a date on the form may lie ahead', () => {
  expect(judgeField('arrivedOn', '23.11.2026', true, today)).toEqual({ ok: false, problem: 'future' })
  expect(judgeField('date', '23.11.2026', false, today).ok).toBe(true)
  expect(judgeField('date', '31.11.2026', false, today)).toEqual({ ok: false, problem: 'date' })
})

test('papers of long ago are asked about, and a year written wrong is a fault', () => {
  expect(judgeField('arrivedOn', '1.11.2025', true, today)).toEqual({ ok: false, problem: 'old' })
  expect(judgeField('arrivedOn', '22.11.1926', true, today)).toEqual({ ok: false, problem: 'tooOld' })
  expect(judgeField('date', '22.11.1926', true, today).ok).toBe(true)
})

test('an empty field is a fault only where the application waits for it', () => {
  expect(judgeField('name', ' ', true, today)).toEqual({ ok: false, problem: 'missing' })
  expect(judgeField('phone', '', false, today)).toEqual({ ok: true })
})
