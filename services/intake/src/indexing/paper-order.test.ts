import type { FormPlace } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { sortAsOnPaper } from './paper-order.ts'

type Box = [number, number, number, number]
const field = (name: string, box: Box | null = null, pageId: string | null = null) => ({ name, box, pageId })
const namesOf = (fields: readonly { name: string }[]) => fields.map(({ name }) => name)

test('fields come as the form has them, what stands on no paper first', () => {
  const places: Record<string, FormPlace> = {
    hetu: [1500, 600, 600, 70],
    name: [200, 600, 1200, 70],
    amount: [1500, 900, 500, 70],
    date: [200, 900, 500, 70],
  }
  const fields = ['amount', 'arrivedOn', 'benefit', 'date', 'hetu', 'language', 'name'].map((name) => field(name))
  expect(namesOf(sortAsOnPaper(fields, (name) => places[name], ['p1']))).toEqual([
    'benefit',
    'language',
    'arrivedOn',
    'name',
    'hetu',
    'date',
    'amount',
  ])
})

test('without a known form they come page by page as they were read', () => {
  const fields = [
    field('amount', [100, 100, 50, 20], 'p2'),
    field('hetu', [900, 500, 50, 20], 'p1'),
    field('name', [100, 500, 50, 20], 'p1'),
    field('benefit'),
  ]
  expect(namesOf(sortAsOnPaper(fields, () => undefined, ['p1', 'p2']))).toEqual(['benefit', 'name', 'hetu', 'amount'])
})
