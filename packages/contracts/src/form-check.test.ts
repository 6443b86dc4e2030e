import { expect, test } from 'vitest'
import { listFormFaults } from './form-check.ts'
import type { DraftField, FormDraft } from './form-draft.ts'

const field = (key: string, name: string, type: DraftField['type'], y: number): DraftField => ({
  key,
  name,
  type,
  region: [200, y, 800, 70],
  label: 'Kenttä',
  names: { fi: 'Kenttä', sv: 'Fält' },
})
const line = (y: number): [number, number, number, number] => [100, y, 2300, y]
const side = (x: number): [number, number, number, number] => [x, 500, x, 900]
const draft: FormDraft = {
  page: { width: 2480, height: 3508 },
  code: 'OT 5',
  version: '1',
  language: 'fi',
  benefit: 'OT',
  title: 'Opintotuki',
  barcode: { text: 'TSN:OT5:1:000001', begins: 'TSN:OT5:', box: [2000, 100, 200, 200] },
  anchors: [line(500), line(600), line(700), line(800), side(100), side(1200), side(2300)],
  fields: [field('f1', 'hetu', 'hetu', 500), field('f2', 'iban', 'iban', 600), field('f3', 'school', 'line', 700)],
}
const faultsOf = (part: Partial<FormDraft>, known: Parameters<typeof listFormFaults>[1] = []) =>
  listFormFaults({ ...draft, ...part }, known).map(({ code, key }) => (key === undefined ? code : `${code} ${key}`))
const withField = (part: Partial<DraftField>) => [
  ...draft.fields.slice(0, 2),
  { ...field('f3', 'school', 'line', 700), ...part },
]

test('a whole form has no faults', () => {
  expect(faultsOf({})).toEqual([])
  expect(faultsOf({ barcode: null })).toEqual([])
})

test('an empty draft says all it lacks', () => {
  const empty = { code: ' ', version: '', title: '', language: null, benefit: null, anchors: [], fields: [] }
  expect(faultsOf(empty)).toEqual([
    'no_code',
    'no_version',
    'no_title',
    'no_language',
    'no_benefit',
    'no_hetu',
    'few_anchors',
  ])
})

test.each<[string, Partial<DraftField>, string[]]>([
  ['without a name', { name: '' }, ['name_missing f3']],
  ['with a name that is none', { name: 'Koulu 1' }, ['name_shape f3']],
  ['with a name the product needs', { name: 'benefit' }, ['name_reserved f3']],
  ['with another field’s name', { name: 'iban' }, ['name_twice f2', 'name_twice f3', 'name_of_other_type f3']],
  ['with what its name does not allow', { name: 'date' }, ['name_of_other_type f3']],
  ['for an identity code that its name hides', { type: 'hetu' }, ['hetu_name f3']],
  ['without words in one language', { names: { fi: 'Oppilaitos', sv: ' ' } }, ['words_missing f3']],
  ['over the edge', { region: [2000, 700, 800, 70] }, ['region_outside f3']],
  ['too small', { region: [200, 700, 20, 70] }, ['region_small f3']],
  ['on another', { region: [200, 610, 800, 70] }, ['region_on_other f3']],
  ['with cells beside it', { comb: { cells: 10, x: 900, width: 60 } }, ['comb_outside f3']],
])('a field %s is at fault', (_what, part, faults) => {
  expect(faultsOf({ fields: withField(part) })).toEqual(faults)
})

test('which language a field has no words in is said, where it is only one', () => {
  const namedIn = (names: DraftField['names']) => listFormFaults({ ...draft, fields: withField({ names }) }, [])
  expect(namedIn({ fi: 'Oppilaitos', sv: ' ' })).toEqual([{ code: 'words_missing', key: 'f3', other: 'sv' }])
  expect(namedIn({ fi: '', sv: 'Läroanstalt' })).toEqual([{ code: 'words_missing', key: 'f3', other: 'fi' }])
  expect(namedIn({ fi: '', sv: '' })).toEqual([{ code: 'words_missing', key: 'f3' }])
})

test('a code must tell the form from all others, but for versions of itself', () => {
  const barcode = (begins: string) => ({
    barcode: { text: 'TSN:OT5:1:000001', begins, box: [0, 0, 1, 1] as FormDraft['anchors'][number] },
  })
  expect(faultsOf(barcode('TS'))).toEqual(['prefix_short'])
  expect(faultsOf(barcode('TSN:OT6:'))).toEqual(['prefix_not_in_code'])
  const other = { code: 'OT 51', version: '1', begins: 'TSN:OT5' }
  expect(faultsOf({}, [other])).toEqual(['prefix_taken'])
  expect(faultsOf(barcode('TSN:OT5:1:000001'), [other])).toEqual(['prefix_taken_whole'])
  expect(faultsOf({}, [{ ...other, code: 'ot5', version: '0' }])).toEqual([])
  expect(faultsOf({}, [{ ...other, code: 'OT5', version: '1' }])).toEqual(['version_taken'])
})
