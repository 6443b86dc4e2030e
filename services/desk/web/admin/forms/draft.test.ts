import { type DraftField, draftField, type FormDraft } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { addField, changeField, removeField, setMeaning, setType, settleGuess, suggestName } from './draft-change.ts'
import { redo, startHistory, step, undo } from './history.ts'
import { boxBetween, moveField, pullField, withCells } from './place.ts'

const page = { width: 2480, height: 3508 }
const field = (part: Partial<DraftField> = {}): DraftField => ({
  key: 'f1',
  name: 'hetu',
  type: 'hetu',
  region: [100, 200, 600, 70],
  label: 'Henkilötunnus',
  names: { fi: '', sv: '' },
  ...part,
})
const draft: FormDraft = {
  page,
  code: 'OT 5',
  version: '1',
  language: 'fi',
  benefit: 'OT',
  title: 'Opintotuki',
  barcode: null,
  anchors: [],
  fields: [field()],
}

test('a field moves with its comb and stays on the page', () => {
  const comb = withCells(field(), 11)
  expect(comb.comb).toEqual({ cells: 11, x: 100, width: 54.5 })
  expect(moveField(comb, 30, -5, page)).toMatchObject({ region: [130, 195, 600, 70], comb: { x: 130, width: 54.5 } })
  expect(moveField(field(), -500, 9000, page).region).toEqual([0, 3438, 600, 70])
})

test('a field is pulled at one edge, never to nothing', () => {
  expect(pullField(field(), { across: 1, down: 0 }, 50, 99, page).region).toEqual([100, 200, 650, 70])
  expect(pullField(field(), { across: -1, down: -1 }, 50, -20, page).region).toEqual([150, 180, 550, 90])
  expect(pullField(field(), { across: 1, down: 1 }, -5000, -5000, page).region).toEqual([100, 200, 20, 20])
  const wider = pullField(withCells(field(), 10), { across: 1, down: 0 }, 600, 0, page)
  expect(wider.comb).toEqual({ cells: 10, x: 100, width: 120 })
})

test('cells pulled narrow, wide or many can still be kept', () => {
  const pulled = (by: number) => pullField(withCells(field(), 2), { across: 1, down: 0 }, by, 0, page)
  for (const one of [pulled(-5000), pulled(5000), withCells(field(), 60), withCells(pulled(-5000), 11)])
    expect(draftField.safeParse(one).error).toBeUndefined()
})

test('a box drawn from any corner is one place', () => {
  expect(boxBetween([300, 400], [100, 900], page)).toEqual([100, 400, 200, 500])
  expect(boxBetween([2400, 10], [9000, -50], page)).toEqual([2400, 0, 80, 10])
})

test('a field drawn by hand takes the label printed above it; a small one is a box to tick', () => {
  const words = [
    { text: 'Oppilaitoksen', box: [120, 140, 200, 30] as [number, number, number, number] },
    { text: 'nimi', box: [330, 140, 60, 30] as [number, number, number, number] },
    { text: 'Kyllä', box: [1060, 500, 80, 30] as [number, number, number, number] },
  ]
  const [added, key] = addField(draft, [110, 180, 500, 70], words)
  expect(key).toBe('f2')
  expect(added.fields[1]).toMatchObject({ name: 'oppilaitoksenNimi', type: 'line', label: 'Oppilaitoksen nimi' })
  expect(added.fields[1]?.names).toEqual({ fi: 'Oppilaitoksen nimi', sv: '' })
  expect(addField(added, [1000, 495, 42, 42], words)[0].fields[2]).toMatchObject({ type: 'tick', label: 'Kyllä' })
})

test('a field becomes one of the common ones with what that holds, and one of its own again', () => {
  const own = setMeaning(field(), null, [])
  expect(own).toMatchObject({ name: 'henkilotunnus', type: 'hetu' })
  expect(setMeaning(own, 'iban', [])).toMatchObject({ name: 'iban', type: 'iban' })
  expect(setMeaning(own, 'address', [])).toMatchObject({ name: 'address', type: 'line' })
  expect(setType(withCells(field(), 11), 'tick').comb).toBeUndefined()
  const guessed = { ...field(), guessed: true }
  for (const settled of [setType(guessed, 'date'), setMeaning(guessed, 'date', []), settleGuess(guessed)])
    expect(settled).not.toHaveProperty('guessed')
})

test('a suggested name is none that is taken', () => {
  expect(suggestName('Åbo Akademi, år', [])).toBe('aboAkademiAr')
  expect(suggestName('Nimi', ['nimi'])).toBe('nimi2')
  expect(suggestName('name', [])).toBe('name2')
  expect(suggestName('123 !', [])).toBe('')
})

test('changes are undone and done again; a word typed is one step', () => {
  const typed = ['O', 'OT', 'OT 6'].reduce(
    (history, code) => step(history, { ...history.now, code }, 'code'),
    startHistory(draft),
  )
  const removed = step(typed, removeField(typed.now, 'f1'), null)
  expect(undo(removed).now.fields).toHaveLength(1)
  expect(undo(undo(removed)).now.code).toBe('OT 5')
  expect(redo(undo(undo(removed))).now.code).toBe('OT 6')
  expect(undo(startHistory(draft)).now).toBe(draft)
  const changed = step(
    undo(removed),
    changeField(typed.now, 'f1', (one) => ({ ...one, label: 'x' })),
    null,
  )
  expect(redo(changed).now.fields[0]?.label).toBe('x')
})
