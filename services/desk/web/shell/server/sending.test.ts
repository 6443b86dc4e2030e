import { expect, test } from 'vitest'
import { writeDown } from './sending.ts'

test('what is sent again counts as the same, another file does not', () => {
  const input = (name: string, lastModified = 1) => ({ file: new File(['x'], name, { lastModified }), page: 1 })
  expect(writeDown(input('a.pdf'))).toBe(writeDown(input('a.pdf')))
  expect(writeDown(input('a.pdf'))).not.toBe(writeDown(input('b.pdf')))
  expect(writeDown(input('a.pdf'))).not.toBe(writeDown(input('a.pdf', 2)))
  expect(writeDown({ reason: 'a' })).not.toBe(writeDown({ reason: 'b' }))
  expect(writeDown(undefined)).toBe('')
})
