import { expect, test } from 'vitest'
import { nameField } from './name-field.ts'

/** What is proposed for a cell of one line with this label, on a form that has no other. */
function propose(label: string) {
  const { name, type, guessed } = nameField(label, 100, false, new Set())
  return `${type} ${name}${guessed ? ', a guess' : ''}`
}

test.each([
  ['Vuokrasuhde alkoi', 'date date, a guess'],
  ['Vuokrasuhde päättyy', 'date date2, a guess'],
  ['Vuokra kuukaudessa', 'amount amount, a guess'],
  ['Vuokra kuukaudessa (e)', 'amount amount'],
  ['Hyresförhållandet började', 'date date, a guess'],
  ['Hyresförhållandet slutar', 'date date2, a guess'],
  ['Hyra per månad, €', 'amount amount'],
  ['Palkanmaksu päättyi', 'date date2, a guess'],
  ['Mistä lähtien', 'date date, a guess'],
  ['Mihin saakka', 'date date2, a guess'],
])('words for a beginning or an end win over a word inside another: %s', (label, proposed) => {
  expect(propose(label)).toBe(proposed)
})

test.each([
  ['Kuntoutus alkaa (pp.kk.vvvv)', 'date date'],
  ['Kuntoutus päättyy (pp.kk.vvvv)', 'date date2'],
  ['Från och med (dd.mm.åååå)', 'date date'],
  ['Puolison syntymäaika (pp.kk.vvvv)', 'date puolisonSyntymaaika'],
  ['Palkka kuukaudessa, euroa', 'amount amount'],
])('how a value is to be written is believed: %s', (label, proposed) => {
  expect(propose(label)).toBe(proposed)
})

test.each([
  ['Työaika alkaa klo', 'line tyoaikaAlkaaKlo, a guess'],
  ['Lasten lukumäärä', 'line lastenLukumaara, a guess'],
  ['Vuokranantaja', 'line vuokranantaja, a guess'],
  ['Oppilaitos', 'line oppilaitos, a guess'],
])('what only looks like a date or an amount is neither: %s', (label, proposed) => {
  expect(propose(label)).toBe(proposed)
})

test('what we know by its whole label is no guess', () => {
  expect(propose('Sukunimi ja etunimet')).toBe('name name')
  expect(propose('Työkyvyttömyys alkoi')).toBe('date date')
})
