import { expect, test } from 'vitest'
import type { BenchPage } from './pages.ts'
import { describeSlip, type Outcome, tallyPages } from './tally.ts'

const page: BenchPage = {
  name: 'one',
  path: '',
  kind: 'jpeg',
  dpi: 200,
  rotation: 0,
  damage: 'crisp',
  form: 'YA 2',
  language: 'fi',
  isBlank: false,
  isTyped: true,
  fields: { hetu: '010190-999Y', iban: 'FI66 5493 6567 2415 42', amount: '2 041,31' },
  ticks: { rent: 'on', own: 'off' },
  lines: [],
}
const right = {
  hetu: { value: '010190-999Y', status: 'sure' },
  iban: { value: 'FI6654936567241542', status: 'sure' },
  amount: { value: '2 041,31', status: 'sure' },
  rent: { value: 'on', status: 'sure' },
  own: { value: 'off', status: 'sure' },
}

function tally(fields: Outcome['fields'], form: string | null = 'YA 2') {
  return tallyPages([page], new Map([['one', { name: 'one', form, rotation: 0, blank: false, fields }]]))
}

test('a page read right has its full shares and no slips', () => {
  const { fields, sure, ticks, form, ...lists } = tally(right)
  expect([fields['hetu'], fields['iban'], fields['amount'], form].map((one) => one?.share)).toEqual([1, 1, 1, 1])
  expect([sure, ticks].map(({ share, n }) => [share, n])).toEqual([
    [1, 3],
    [1, 2],
  ])
  expect(fields['phone']?.n).toBe(0)
  expect(lists).toEqual({ pages: 1, wrongSure: [], slips: [], formWrong: [], failed: [] })
})

test.each([
  ['another value', { amount: { value: '2 041,37', status: 'sure' } }],
  ['a value where nobody wrote one', { phone: { value: '040 123 4567', status: 'sure' } }],
  ['a box that is not ticked', { own: { value: 'on', status: 'sure' } }],
])('%s counts as wrong when it is marked sure', (_, more) => {
  const { wrongSure, slips } = tally({ ...right, ...more })
  expect(wrongSure.map(({ field }) => field)).toEqual(Object.keys(more))
  expect(slips).toEqual([])
})

test('a doubtful guess where nobody wrote is no slip; a wrong one where somebody did is, and so is a missing one', () => {
  const { hetu: _, ...rest } = right
  const { fields, wrongSure, slips, sure } = tally({
    ...rest,
    amount: { value: '2 041,37', status: 'doubtful' },
    phone: { value: '1', status: 'doubtful' },
  })
  expect(wrongSure).toEqual([])
  expect(slips.map(({ field, status }) => [field, status])).toEqual([
    ['hetu', 'missing'],
    ['amount', 'doubtful'],
  ])
  expect([fields['hetu']?.share, fields['amount']?.share, sure.share]).toEqual([0, 0, 0.3333])
})

test('a page nobody read counts as nothing read, and one taken for another form is told', () => {
  const unread = tallyPages([page], new Map())
  expect([unread.fields['hetu']?.share, unread.sure.share, unread.form.share]).toEqual([0, 0, 0])
  expect(tally(right, 'YA 3r').formWrong).toEqual(['one (crisp): YA 2 taken for YA 3r'])
  expect(tally(right, null)).toMatchObject({ formWrong: [], form: { share: 0 } })
})

test('a slip is told without an identity code', () => {
  const wrong = {
    hetu: { value: '010190-998X', status: 'sure' },
    childHetu: { value: 'O1O190-998', status: 'sure' },
    free: { value: 'lapsi 010190-999Y', status: 'sure' },
  }
  expect(tally({ ...right, ...wrong }).wrongSure.map(describeSlip)).toEqual([
    'hetu      one YA 2 crisp, sure: (identity code)',
    'childHetu one YA 2 crisp, sure: (identity code)',
    'free      one YA 2 crisp, sure: “lapsi •••••••••••” for “”',
  ])
})
