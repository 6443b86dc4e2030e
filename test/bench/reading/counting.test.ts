import { expect, test } from 'vitest'
import { countErrors, flatten, median, toShare } from './counting.ts'

test('a share comes with its Wilson interval', () => {
  expect(toShare(0, 300)).toEqual({ share: 0, n: 300, interval: [0, 0.0126] })
  expect(toShare(95, 100)).toEqual({ share: 0.95, n: 100, interval: [0.8882, 0.9785] })
  expect(toShare(60, 60)).toEqual({ share: 1, n: 60, interval: [0.9398, 1] })
  expect(toShare(0, 0)).toEqual({ share: null, n: 0, interval: [0, 1] })
})

test('blanks do not count in account and phone numbers, and nowhere else do they vanish', () => {
  expect(flatten('iban', 'FI66 5493 6567 2415 42')).toBe('FI6654936567241542')
  expect(flatten('phone', ' 040 123 4567')).toBe('0401234567')
  expect(flatten('amount', ' 2 041,31 ')).toBe('2 041,31')
})

test('letters are counted wherever on the page their line was read', () => {
  const lines = ['Henkilötunnus', 'Sukunimi ja etunimet', 'Nimi']
  expect(countErrors(lines, 'Sukunimi ja etunimet Henkilötunnus\nNimi')).toEqual({ edits: 0, letters: 37 })
  expect(countErrors(lines, 'Sukunimi ja etunimet\nNimi\n| Henkilotunus |')).toEqual({ edits: 2, letters: 37 })
  expect(countErrors(lines, '')).toEqual({ edits: 37, letters: 37 })
})

test('what one line has been laid on is no longer there for another', () => {
  expect(countErrors(['Nimi', 'Nimi'], 'Nimi')).toEqual({ edits: 4, letters: 8 })
  expect(countErrors(['Sukunimi', 'nimi'], 'Sukunimi')).toEqual({ edits: 4, letters: 12 })
})

test('the median of an even number lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([5, 1, 3])).toBe(3)
  expect(median([])).toBe(null)
})
