import { expect, test } from 'vitest'
import type { ReadWord } from '../engine/engine.ts'
import type { Grey } from '../picture/grey.ts'
import { chooseWords, type ToldWord } from './blank-words.ts'

const [width, height] = [1000, 400]
type Spot = ToldWord['box']
const places = {
  label: [50, 50, 200, 30],
  more: [260, 52, 120, 28],
  yes: [100, 200, 80, 36],
  no: [400, 206, 30, 30],
  stamp: [700, 300, 150, 40],
} as const satisfies Record<string, Spot>

/** A page with ink at every place. */
function drawPage(): Grey {
  const data = new Uint8Array(width * height).fill(255)
  for (const [x, y, wide, high] of Object.values(places))
    for (let row = y; row < y + high; row += 2) data.fill(0, row * width + x, row * width + x + wide)
  return { width, height, data }
}
const read = (text: string, box: readonly [number, number, number, number], confidence = 0.9): ReadWord => ({
  text,
  confidence,
  box: [...box],
  line: 0,
})
const seen = [
  read('Maksaako', places.label),
  read('työnantaja', places.more),
  read('Kynä', places.yes, 0.5),
  read('ml', places.no, 0.4),
  read('Leima', places.stamp),
]
const told = (texts: readonly string[]): ToldWord[] =>
  [places.label, places.more, places.yes, places.no].map((box, index) => ({ text: texts[index] ?? '', box }))

test('a file’s own words stand for what was read of them, and what it does not say stays as read', () => {
  const words = chooseWords(drawPage(), seen, told(['Maksaako', 'työnantaja', 'Kyllä', 'Ei']))
  expect(words.map(({ text, exact, line }) => [text, exact === true, line])).toEqual([
    ['Maksaako', true, 0],
    ['työnantaja', true, 0],
    ['Kyllä', true, 1],
    ['Ei', true, 2],
    ['Leima', false, 3],
  ])
})

test('a text that says something else than the picture is not believed', () => {
  expect(chooseWords(drawPage(), seen, told(['Qbxttb', 'uzpoboubkb', 'Lzmm', 'Fj']))).toEqual(seen)
})

test('words of a file where nothing is drawn are none', () => {
  const hidden: ToldWord = { text: 'salaa', box: [600, 100, 90, 30] }
  const words = chooseWords(drawPage(), seen, [...told(['Maksaako', 'työnantaja', 'Kyllä', 'Ei']), hidden])
  expect(words.map(({ text }) => text)).not.toContain('salaa')
})
