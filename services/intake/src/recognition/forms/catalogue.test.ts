import { expect, test } from 'vitest'
import type { ReadWord } from '../engine/engine.ts'
import { findFormByBarcode, findFormByHeading, listFormsByBarcode } from './catalogue.ts'
import type { FormDefinition } from './definition.ts'

const page = { width: 2480, height: 3508 }
const form = (
  code: string,
  version: string,
  begins: string | null,
  title = 'Hakemus: yleinen asumistuki',
): FormDefinition => ({
  code,
  version,
  language: 'fi',
  benefit: 'YA',
  title,
  barcode: begins === null ? null : { begins, box: [2000, 100, 200, 200] },
  anchors: [],
  fields: [],
})
const words = (...lines: [text: string, x: number, y: number][]): ReadWord[] =>
  lines.flatMap(([text, x, y], line) =>
    text
      .split(' ')
      .map((word, index): ReadWord => ({ text: word, confidence: 0.9, box: [x + index * 200, y, 180, 40], line })),
  )

test('of forms whose code begins alike the one that says most comes first, then the newest', () => {
  const [newer, older] = [form('YA 2', '2027-01', 'TSN:YA2:2027-01:'), form('YA 2', '2026-01', 'TSN:YA2:')]
  const [reprint, first] = [form('SP 7', '2', 'TSN:SP7:'), form('SP 7', '1', 'TSN:SP7:')]
  const forms = [reprint, older, newer, first, form('TO 1', '1', null)]
  expect(findFormByBarcode(forms, 'TSN:YA2:2027-01:1:000012')).toBe(newer)
  expect(findFormByBarcode(forms, 'TSN:YA2:2026-01:1:000012')).toBe(older)
  expect(listFormsByBarcode(forms, 'TSN:SP7:1:000001')).toEqual([reprint, first])
  expect(findFormByBarcode(forms, 'TSN:TO1:1')).toBeUndefined()
})

test('a form is known by its title and by its code in the corner, misread a little', () => {
  const forms = [
    form('YA 2', '2027-01', null),
    form('YA 2', '2026-01', null),
    form('TO 1', '1', null, 'Perustoimeentulotuki'),
  ]
  const heading = words(['Hakemus: yleinen asumistuk1', 180, 300], ['YA 2', 1900, 130])
  expect(findFormByHeading(forms, heading, page)?.version).toBe('2027-01')
  expect(findFormByHeading(forms, words(['Hakemus: yleinen asumistuki', 180, 300]), page)).toBeUndefined()
})

test('a letter that speaks of a form is none', () => {
  const letter = words(['Liite hakemukseen YA 2', 180, 300], ['Hakemus: yleinen asumistuki', 180, 500])
  expect(findFormByHeading([form('YA 2', '1', null)], letter, page)).toBeUndefined()
})
