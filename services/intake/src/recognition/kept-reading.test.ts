import type { Box, FieldReading } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { hideIdentityFields, maskWords } from './kept-reading.store.ts'

const word = (text: string, box: Box) => ({ text, confidence: 0.5, box })
const field = (value: string, box: Box): FieldReading => ({
  value,
  confidence: 0.4,
  box,
  status: 'doubtful',
  provenance: 'raw',
})

test('what was misread where the form has its identity code is hidden, in the text as in the words', () => {
  const fields = { hetu: field('j2f711419', [10, 40, 200, 30]), name: field('Virtanen', [300, 40, 200, 30]) }
  const hidden = hideIdentityFields(fields, {
    text: 'Henkilötunnus Nimi\nj2f7- 11419] Virtanen\nj2f7- 5',
    words: [
      word('Henkilötunnus', [10, 10, 200, 20]),
      word('Nimi', [300, 10, 60, 20]),
      word('j2f7-', [12, 42, 80, 20]),
      word('11419]', [100, 42, 90, 20]),
      word('Virtanen', [300, 42, 100, 20]),
      word('j2f7-', [12, 242, 80, 20]),
      word('5', [100, 242, 10, 20]),
    ],
  })
  expect(hidden.text).toBe('Henkilötunnus Nimi\n••••• •••••• Virtanen\nj2f7- 5')
  expect(hidden.words.map(({ text }) => text).join(' ')).toBe('Henkilötunnus Nimi ••••• •••••• Virtanen j2f7- 5')
})

test('a code split between two words is masked in both', () => {
  const words = maskWords([word('tunnus', [0, 0, 9, 9]), word('010594', [10, 0, 9, 9]), word('Y9032', [20, 0, 9, 9])])
  expect(words.map(({ text }) => text)).toEqual(['tunnus', '••••••', '•••••'])
})
