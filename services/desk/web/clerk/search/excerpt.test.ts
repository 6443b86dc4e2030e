import { expect, test } from 'vitest'
import { splitExcerpt } from './excerpt.ts'

test('the words between the marks are hits and the rest is plain', () => {
  expect(splitExcerpt('hakee «asumistukea» ja «vuokraa».')).toEqual([
    { at: 0, text: 'hakee ', isHit: false },
    { at: 6, text: 'asumistukea', isHit: true },
    { at: 19, text: ' ja ', isHit: false },
    { at: 23, text: 'vuokraa', isHit: true },
    { at: 32, text: '.', isHit: false },
  ])
})

test('an excerpt without marks, or with a mark that never ends, is plain text', () => {
  expect(splitExcerpt('vuokra')).toEqual([{ at: 0, text: 'vuokra', isHit: false }])
  expect(splitExcerpt('a «b')).toEqual([{ at: 0, text: 'a «b', isHit: false }])
})
