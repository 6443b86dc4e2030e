import { expect, test } from 'vitest'
import { figuresOfStanding, uprightOf } from './report.ts'
import type { Outcome } from './tally.ts'
import { makePage } from './test-page.ts'

const pages = [
  makePage('turned-1', { rotation: 90, form: 'YA 2' }),
  makePage('turned-2', { rotation: 180 }),
  makePage('blank-1', { isBlank: true }),
  makePage('note-1', {}),
  makePage('typed-1', { form: 'YA 2' }),
]
const outcome = (more: Partial<Outcome>): Outcome => ({
  name: '',
  form: null,
  rotation: 0,
  blank: false,
  fields: {},
  ...more,
})
const count = (outcomes: Record<string, Outcome>) => {
  return figuresOfStanding(uprightOf(() => {}, pages, new Map(Object.entries(outcomes))))
}
const right = {
  'turned-1': outcome({ rotation: 90, form: 'YA 2' }),
  'turned-2': outcome({ rotation: 180 }),
  'blank-1': outcome({ blank: true }),
  'note-1': outcome({}),
  'typed-1': outcome({ form: 'YA 2' }),
}
const none = {
  upright: 1,
  blankMissed: 0,
  formAsBlank: 0,
  noteAsBlank: 0,
  formsElsewhere: 0,
  n: { turned: 2, blank: 1, written: 3, notes: 1 },
}

test('pages read right count as stood upright, and as blank where they are', () => {
  expect(count(right)).toEqual(none)
})

test('a page that was not read counts as lying, and as a blank one missed', () => {
  expect(count({})).toEqual({ ...none, upright: 0, blankMissed: 1 })
})

test.each<[string, Record<string, Outcome>, object]>([
  ['a page that lies otherwise', { 'turned-2': outcome({ rotation: 90 }) }, { upright: 0.5 }],
  ['a form called blank', { 'typed-1': outcome({ blank: true }) }, { formAsBlank: 1 }],
  ['a note called blank', { 'note-1': outcome({ blank: true }) }, { noteAsBlank: 1 }],
  ['a form seen on a letter', { 'turned-2': outcome({ rotation: 180, form: 'TO 1' }) }, { formsElsewhere: 1 }],
  ['a form taken for another', { 'turned-1': outcome({ rotation: 90, form: 'TO 1' }) }, { formsElsewhere: 1 }],
])('%s is counted once', (_, wrong, counted) => {
  expect(count({ ...right, ...wrong })).toEqual({ ...none, ...counted })
})
