import { expect, test } from 'vitest'
import { noPages, tallyPages } from './tally.ts'

const tally = (sheets: number | null, bothSides: boolean, counts: Partial<typeof noPages>) =>
  tallyPages(sheets, bothSides, { ...noPages, ...counts })

test('where nobody counted, nothing can be missing', () => {
  expect(tally(null, false, { pages: 3, inApplications: 3 })).toMatchObject({ expected: null, difference: null })
})

test('a sheet is one page, or two when the scanner takes both sides', () => {
  expect(tally(10, false, { pages: 8 })).toMatchObject({ expected: 10, difference: -2 })
  expect(tally(10, true, { pages: 20 })).toMatchObject({ expected: 20, difference: 0 })
  expect(tally(10, true, { pages: 21 })).toMatchObject({ difference: 1 })
})

test('a file sent twice is no sheet more; a sheet scanned twice may have been counted or not', () => {
  expect(tally(4, false, { pages: 6, copies: 2 })).toMatchObject({ difference: 0, undecided: 2 })
  expect(tally(4, false, { pages: 6, copies: 2, copiesSettled: 2 })).toMatchObject({ duplicates: 2, undecided: 0 })
  expect(tally(4, false, { pages: 5, sameAgain: 1 })).toMatchObject({ difference: 0 })
  expect(tally(5, false, { pages: 5, sameAgain: 1 })).toMatchObject({ difference: 0 })
  expect(tally(4, false, { pages: 6, sameAgain: 1 })).toMatchObject({ difference: 1 })
})
