import { expect, test } from 'vitest'
import { type LoadRow, sortRows, sumByDistrict } from './load.ts'

function makeRow(part: Partial<LoadRow>): LoadRow {
  return {
    id: 'a',
    district: 'd',
    openTasks: 0,
    openMinutes: 0,
    minutesPerDay: 0,
    queueDays: 0,
    pastDue: 0,
    movedIn: 0,
    movedOut: 0,
    exportClosed: 0,
    importClosed: 0,
    ...part,
  }
}

test('the queue of a district is its minutes over its hands, not the mean of its offices', () => {
  const rows = [
    makeRow({ id: 'a', openMinutes: 1000, minutesPerDay: 100, queueDays: 10 }),
    makeRow({ id: 'b', openMinutes: 100, minutesPerDay: 100, queueDays: 1, exportClosed: 1 }),
    makeRow({ id: 'c', district: 'e', openMinutes: 50, queueDays: null }),
  ]
  const [first, second] = sumByDistrict(rows)
  expect(first).toMatchObject({ id: 'd', queueDays: 5.5, exportClosed: 1 })
  expect(second).toMatchObject({ id: 'e', queueDays: null })
})

test('an office where nobody works comes first when the longest queues do', () => {
  const rows = [
    makeRow({ id: 'a', queueDays: 3 }),
    makeRow({ id: 'b', queueDays: null }),
    makeRow({ id: 'c', queueDays: 9 }),
  ]
  const order = (isDescending: boolean) => sortRows(rows, 'queueDays', isDescending, (id) => id).map(({ id }) => id)
  expect(order(true)).toEqual(['b', 'c', 'a'])
  expect(order(false)).toEqual(['a', 'c', 'b'])
})
