import type { FormPlace } from './form.ts'

/** A place as high as this, in 1/300 inch, is for several lines and stands in no row. */
const tall = 170

/** What stands on one page in the order people read it: row by row from the top, in a row from the left. */
export function sortByPlace<T>(things: readonly T[], placeOf: (thing: T) => FormPlace): T[] {
  let left = things.map((thing) => ({ thing, place: placeOf(thing) })).sort((a, b) => a.place[1] - b.place[1])
  const sorted: T[] = []
  while (left[0] !== undefined) {
    const first = left[0]
    const row = left.filter((one) => one === first || isInOneRow(one.place, first.place))
    left = left.filter((one) => !row.includes(one))
    sorted.push(...row.sort((a, b) => a.place[0] - b.place[0]).map(({ thing }) => thing))
  }
  return sorted
}

/** Whether two places lie side by side: half of the lower one at least beside the other. */
function isInOneRow([, y, , height]: FormPlace, [, top, , high]: FormPlace): boolean {
  if (Math.max(height, high) >= tall) return false
  return Math.min(y + height, top + high) - Math.max(y, top) >= Math.min(height, high) / 2
}
