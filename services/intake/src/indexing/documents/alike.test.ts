import { expect, test } from 'vitest'
import type { KeptField } from '../../schema.ts'
import { type ComparedPage, isSamePage } from './alike.ts'

const field = (value: string, part: Partial<KeptField> = {}): KeptField => ({
  value,
  cipher: null,
  identity_index: null,
  confidence: 0.9,
  status: 'sure',
  box: null,
  ...part,
})
const person = (index: string): KeptField =>
  field('', { value: null, cipher: `cipher of ${index}`, identity_index: index })
const page: ComparedPage = {
  fields: {
    hetu: person('somebody'),
    name: field('Meikäläinen Maija'),
    iban: field('FI66 5493 6567 2415 42'),
    date: field('1.2.2026'),
    free: field('Haen tukea vuokraan', { status: 'doubtful' }),
  },
}
const differing = (fields: ComparedPage['fields']): ComparedPage => ({ fields: { ...page.fields, ...fields } })

test('a page read twice is the same, a letter read wrongly here or there', () => {
  expect(isSamePage(page, page)).toBe(true)
  expect(isSamePage(page, differing({ free: field('Haen tuxea vuokraan', { status: 'doubtful' }) }))).toBe(true)
})

test('the same person who applies for another month has sent another page', () => {
  expect(isSamePage(page, differing({ date: field('1.3.2026') }))).toBe(false)
  expect(isSamePage(page, differing({ date: field('1.3.2026', { status: 'doubtful' }) }))).toBe(false)
  expect(isSamePage(page, differing({ free: field('Muutan toiseen kaupunkiin') }))).toBe(false)
})

test('two people on the same form are not the same, whatever else they share', () => {
  expect(isSamePage(page, differing({ hetu: person('somebody else') }))).toBe(false)
})

test('without an identity code or account number nothing is the same', () => {
  const { hetu: _code, iban: _account, ...nameless } = page.fields
  expect(isSamePage({ fields: nameless }, { fields: nameless })).toBe(false)
  const { fields } = differing({ iban: field('FI66 5493 6567 2415 42', { status: 'invalid' }) })
  const { hetu: _hetu, ...rest } = fields
  expect(isSamePage({ fields: rest }, { fields: rest })).toBe(false)
})

test('an empty form is the same as no other', () => {
  expect(isSamePage({ fields: {} }, { fields: {} })).toBe(false)
})
