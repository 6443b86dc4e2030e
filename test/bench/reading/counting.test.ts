import { expect, test } from 'vitest'
import { errorRate, flatten, matchLines, median, toShare } from './counting.ts'

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
  const edits = (text: string) => matchLines(lines, text).map((line) => line.edits)
  expect(edits('Sukunimi ja etunimet Henkilötunnus\nNimi')).toEqual([0, 0, 0])
  expect(edits('Sukunimi ja etunimet\nNimi\n| Henkilotunus |')).toEqual([2, 0, 0])
  expect(edits('')).toEqual([13, 20, 4])
})

test('what one line has been laid on is no longer there for another', () => {
  expect(matchLines(['Nimi', 'Nimi'], 'Nimi').map(({ edits }) => edits)).toEqual([0, 4])
  expect(matchLines(['nimi', 'Sukunimi'], 'Sukunimi').map(({ edits }) => edits)).toEqual([4, 0])
})

test('the error rate is errors per letter', () => {
  expect(errorRate(matchLines(['Nimi', 'Osoite'], 'Nimi 0soite'))).toBe(0.1)
  expect(errorRate([])).toBe(null)
})

test('the median of an even number lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
  expect(median([5, 1, 3])).toBe(3)
  expect(median([])).toBe(null)
})
