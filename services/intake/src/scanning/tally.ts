import type { Tally } from '@tasain/contracts'

/** How many pages of a batch are what; `copies` are pages of files that were scanned before. */
export type PageCounts = {
  readonly pages: number
  readonly read: number
  readonly unreadable: number
  readonly copies: number
  readonly copiesSettled: number
  readonly asked: number
  readonly covers: number
  readonly separators: number
  readonly blanks: number
  readonly sameAgain: number
  readonly setAside: number
  readonly unread: number
  readonly inApplications: number
}

export const noPages: PageCounts = {
  pages: 0,
  read: 0,
  unreadable: 0,
  copies: 0,
  copiesSettled: 0,
  asked: 0,
  covers: 0,
  separators: 0,
  blanks: 0,
  sameAgain: 0,
  setAside: 0,
  unread: 0,
  inApplications: 0,
}

/**
 * Where the pages are, and whether they are those of the sheets counted in. A file sent a second time was put into the
 * scanner once; a sheet that went through it twice may have been counted or not.
 */
export function tallyPages(sheets: number | null, bothSides: boolean, counts: PageCounts): Tally {
  const expected = sheets === null ? null : sheets * (bothSides ? 2 : 1)
  const { inApplications, covers, separators, blanks, setAside, unread } = counts
  return {
    expected,
    difference: expected === null ? null : findDifference(counts.pages - counts.copies, expected, counts.sameAgain),
    inApplications,
    covers,
    separators,
    blanks,
    duplicates: counts.sameAgain + counts.copiesSettled,
    setAside,
    unread,
    undecided: counts.copies - counts.copiesSettled,
  }
}

function findDifference(pages: number, expected: number, sameAgain: number): number {
  const over = pages - expected
  return over > 0 ? Math.max(0, over - sameAgain) : over
}
