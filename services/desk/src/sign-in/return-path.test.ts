import { expect, test } from 'vitest'
import { chooseReturnPath } from './return-path.ts'

test('a page of ours is where one comes back to, with its query and fragment', () => {
  for (const path of ['/', '/batches', '/batches/12?state=open#page-3', '/a%20b'])
    expect(chooseReturnPath(path)).toBe(path)
})

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  'batches',
  '',
  '/a\r\nset-cookie: x=y',
  '/sign-in?return=/',
  '/sign-out',
  '/api/session',
  undefined,
  ['/a', '/b'],
])('%j is not a page of ours: the front page it is', (wish) => {
  expect(chooseReturnPath(wish)).toBe('/')
})
