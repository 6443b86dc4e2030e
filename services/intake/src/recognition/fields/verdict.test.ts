import { expect, test } from 'vitest'
import { writeValue } from './values.ts'
import { judge, mayYetAgree } from './verdict.ts'

const today = '2026-11-22'
const look = (text: string, confidence = 0.95) => ({ text, confidence })
const finnish = (text: string, confidence = 0.95) => ({ ...look(text, confidence), lacksLetters: true })

test.each([
  ['amount', '2041,31', '2 041,31'],
  ['amount', '1 234 567,00 €', '1 234 567,00'],
  ['phone', '0415688443', '041 568 8443'],
  ['phone', '0400 712345', '0400 712 345'],
  ['postal', '33100 TAMPERE', '33100 Tampere'],
  ['date', '24. 6. 2023', '24.6.2023'],
  ['iban', 'fi6654936567241542', 'FI66 5493 6567 2415 42'],
  ['hetu', '180960x940n', '180960X940N'],
] as const)('%s %j is written %j', (type, read, written) => {
  expect(writeValue(type, read, today)).toEqual({ value: written, holds: true, mapped: false })
})

test('letters read for digits are put right only where a digit must stand', () => {
  expect(writeValue('hetu', 'I8O96OX940N', today)).toEqual({ value: '180960X940N', holds: true, mapped: true })
  expect(writeValue('iban', 'F16654936567241542', today)).toEqual({
    value: 'FI66 5493 6567 2415 42',
    holds: true,
    mapped: true,
  })
})

test('an identity code is sure only when two looks agree, for its sign is not covered by the check character', () => {
  expect(judge('hetu', [look('180960X940N'), look('180960X940N')], today)).toMatchObject({ status: 'sure' })
  expect(judge('hetu', [look('180960X940N'), look('180960-940N')], today)).toMatchObject({ status: 'doubtful' })
  expect(judge('hetu', [look('180960X940N')], today)).toMatchObject({ status: 'doubtful' })
})

test('an identity code whose check character fails, or of a person not yet born, is invalid', () => {
  expect(judge('hetu', [look('180960X940M'), look('180960X940M')], today)).toMatchObject({ status: 'invalid' })
  expect(judge('hetu', [look('180960X940N'), look('180960X940N')], '1950-01-01')).toMatchObject({ status: 'invalid' })
})

test('an account number is proved by its two checks, unless two different ones were read', () => {
  expect(judge('iban', [look('FI6654936567241542', 0.3), look('FI66549365672415', 0.3)], today)).toMatchObject({
    value: 'FI66 5493 6567 2415 42',
    status: 'sure',
  })
  expect(judge('iban', [look('FI6654936567241542'), look('FI2112345600000785')], today)).toMatchObject({
    status: 'doubtful',
  })
  expect(judge('iban', [look('FI6654936567241543'), look('FI6654936567241543')], today)).toMatchObject({
    status: 'invalid',
  })
})

test('looks that differ are never sure; letters that one model does not know do not count', () => {
  const words = (one: string, two: string, three: string) =>
    judge('name', [look(one), finnish(two, 0.4), look(three)], today)
  expect(words('Holmqvist Bo', 'Holmgvist Bo', 'Holmqvist Bo')).toMatchObject({ value: 'Holmqvist Bo', status: 'sure' })
  expect(words('Kråkholmsvägen 3', 'Kräkholmsvägen 3', 'Kråkholmsvägen 3')).toMatchObject({ status: 'sure' })
  expect(words('Désirée Bo', 'Dösir6e Bo', 'Désirée Bo')).toMatchObject({ value: 'Désirée Bo', status: 'sure' })
  expect(words('Nieminen', 'Niemiren', 'Nieminen')).toMatchObject({ status: 'doubtful' })
  expect(words('Håkan', 'Häkan', 'Hakan')).toMatchObject({ status: 'doubtful' })
  expect(judge('text', [look('Jag bor på'), finnish('Jag bor pä'), look('Jag bor på')], today)).toMatchObject({
    status: 'sure',
  })
})

test('an å in what may be a Finnish word waits for a person, and an Ä that may have been an Å', () => {
  const thrice = (text: string) => judge('line', [look(text), finnish(text.replaceAll('å', 'ä')), look(text)], today)
  expect(thrice('Jyväskylå')).toMatchObject({ status: 'doubtful' })
  expect(thrice('Äyräpåänkatu 3')).toMatchObject({ status: 'doubtful' })
  expect(thrice('Äkergränd 3')).toMatchObject({ status: 'doubtful' })
  expect(thrice('Äyräpäänkatu 3')).toMatchObject({ status: 'sure' })
})

test('a name that may have lost its ring, or was spelled anew from capitals, waits for a person', () => {
  const thrice = (text: string) => judge('name', [look(text), look(text), look(text)], today)
  expect(thrice('Holmqvist Asa')).toMatchObject({ status: 'doubtful' })
  expect(thrice('Fagel Kjell')).toMatchObject({ status: 'doubtful' })
  expect(thrice('Nygard Karin')).toMatchObject({ status: 'doubtful' })
  expect(thrice('Nygren Karin')).toMatchObject({ status: 'sure' })
  expect(thrice('HOLMQVIST KARIN')).toMatchObject({ value: 'Holmqvist Karin', status: 'doubtful' })
})

test('a name with a word that begins small waits for a person, unless such words do', () => {
  const thrice = (text: string) => judge('name', [look(text), look(text), look(text)], today)
  expect(thrice('Pöyhönen likka')).toMatchObject({ status: 'doubtful' })
  expect(thrice('von Hertzen Pia')).toMatchObject({ status: 'sure' })
})

test('a stairway’s letter that was read without its blanks stands by itself, and waits for a person', () => {
  const thrice = (text: string) => judge('line', [look(text), look(text), look(text)], today)
  expect(thrice('Hämeentie 56D5')).toMatchObject({ value: 'Hämeentie 56 D 5', status: 'doubtful' })
  expect(thrice('Hämeentie 56 D 5')).toMatchObject({ value: 'Hämeentie 56 D 5', status: 'sure' })
  expect(thrice('Hämeentie 56b')).toMatchObject({ value: 'Hämeentie 56b', status: 'sure' })
})

test('a town that lost its ring, and a capital that stands too high for what was read, wait for a person', () => {
  expect(judge('postal', [look('20100 Abo'), look('20100 Abo')], today)).toMatchObject({ status: 'doubtful' })
  expect(judge('postal', [look('20100 Åbo'), finnish('20100 Äbo'), look('20100 Åbo')], today)).toMatchObject({
    value: '20100 Åbo',
    status: 'sure',
  })
  expect(judge('name', [look('Ästrand Bo'), look('Ästrand Bo')], today)).toMatchObject({ status: 'doubtful' })
  expect(judge('text', [look('Työ påättyi.'), finnish('Työ päättyi.'), look('Työ påättyi.')], today)).toMatchObject({
    status: 'doubtful',
  })
  const high = { ...look('Simková Jana'), crowned: true }
  expect(judge('name', [high, high], today)).toMatchObject({ status: 'doubtful' })
})

test('running text is looked at a third time only where a letter that one model lacks keeps two looks apart', () => {
  const may = (one: string, two: string) => mayYetAgree([look(one), finnish(two)], today)
  expect(may('Jag bor på landet.', 'Jag bor pä landet.')).toBe(true)
  expect(may('Jag bor på landet.', 'Jag bor på landet.')).toBe(false)
  expect(may('Jag bor på landet.', 'Jag bor på landel.')).toBe(false)
})

test('a sentence that may have lost its first dots waits for a person', () => {
  const thrice = (text: string) => judge('text', [look(text), finnish(text), look(text)], today)
  expect(thrice('Pyydän. Aitini hoitaa lasta.')).toMatchObject({ status: 'doubtful' })
  expect(thrice('Asun yksin. Opiskelen.')).toMatchObject({ status: 'sure' })
})

test('an amount without cents is not sure: the comma may have been lost', () => {
  expect(judge('amount', [look('51115'), look('51115')], today)).toMatchObject({ status: 'doubtful' })
  expect(judge('amount', [look('51115'), look('511,15')], today)).toMatchObject({ value: '511,15', status: 'doubtful' })
})

test('nothing read is no reading', () => {
  expect(judge('name', [look(''), look(' ')], today)).toBeUndefined()
})

test('a word divided at a line’s end is joined and waits for a person', () => {
  const verdict = judge('text', [look('osa- aikatyössä'), look('osa- aikatyössä'), look('osa- aikatyössä')], today)
  expect(verdict).toMatchObject({ value: 'osa-aikatyössä', status: 'doubtful' })
})
