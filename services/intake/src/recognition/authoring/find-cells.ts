import type { FormPlace } from '@tasain/contracts'
import { findComb } from '../fields/cells.ts'
import type { Comb } from '../fields/snippet.ts'
import type { Rule, Rules } from '../picture/rules.ts'
import { isInside, sortByPlace } from './places.ts'

/** A place framed by printed lines where something is to be written; all in 1/300 inch. `comb`: one character a cell. */
export type Cell = { readonly frame: FormPlace; readonly comb?: { readonly region: FormPlace; readonly comb: Comb } }

const slack = 9
const [lowest, highest] = [40, 1500]
const narrowest = 90

/**
 * Lists the frames on a blank form, top to bottom: the smallest rectangles that printed lines make, those of a comb as one.
 */
export function listCells(rules: Rules): Cell[] {
  const across = [...rules.across].sort((a, b) => a.y1 - b.y1)
  const rectangles = across.flatMap((top, index) =>
    across.slice(index + 1).flatMap((bottom) => {
      const height = bottom.y1 - top.y1
      return height < lowest || height > highest ? [] : listBetween(top, bottom, across, rules.down)
    }),
  )
  const combs = joinCombs(rectangles)
  const cells = rectangles
    .filter(([, , width]) => width >= narrowest)
    .filter((frame) => !combs.some(({ frame: comb }) => isInside(frame, comb)))
    .map((frame): Cell => describeCell(frame, rules.down))
  // A comb that stands in a frame with its label is that frame's.
  const lone = combs.filter((one) => !cells.some(({ comb }) => comb && isInside(one.frame, comb.region)))
  return sortByPlace([...cells, ...lone], ({ frame }) => frame)
}

/** The rectangles between two lines: their sides are lines down that reach from one to the other. */
function listBetween(top: Rule, bottom: Rule, across: readonly Rule[], down: readonly Rule[]): FormPlace[] {
  const [y, end] = [top.y1, bottom.y1]
  const sides = down
    .filter((rule) => rule.y1 <= y + slack && rule.y2 >= end - slack)
    .map(({ x1 }) => x1)
    .sort((a, b) => a - b)
  return sides.flatMap((left, index): FormPlace[] => {
    const right = sides[index + 1]
    if (right === undefined || !covers(top, left, right) || !covers(bottom, left, right)) return []
    const isCut = across.some((rule) => rule.y1 > y + 4 && rule.y1 < end - 4 && shareOf(rule, left, right) > 0.9)
    return isCut ? [] : [[left, y, right - left, end - y]]
  })
}

const covers = (rule: Rule, left: number, right: number) => rule.x1 <= left + slack && rule.x2 >= right - slack
const shareOf = (rule: Rule, left: number, right: number) =>
  (Math.min(rule.x2, right) - Math.max(rule.x1, left)) / Math.max(1, right - left)

function describeCell(frame: FormPlace, down: readonly Rule[]): Cell {
  const [x, y, width, height] = frame
  const inside = down.filter(({ x1 }) => x1 > x + slack && x1 < x + width - slack)
  const comb = findComb(inside, [x, y, x + width, y + height], 1)
  return comb === undefined ? { frame } : { frame, comb: { region: [...comb.region], comb: comb.comb } }
}

/** Rows of narrow rectangles of one width, side by side: combs. */
function joinCombs(rectangles: readonly FormPlace[]): { frame: FormPlace; comb: NonNullable<Cell['comb']> }[] {
  const narrow = rectangles.filter(([, , width, height]) => width >= 30 && width < 130 && height < 140)
  const left = new Set(narrow)
  const combs: { frame: FormPlace; comb: NonNullable<Cell['comb']> }[] = []
  for (const first of narrow) {
    if (!left.has(first)) continue
    const row = [first]
    for (let last = first; ; ) {
      const next = narrow.find((one) => left.has(one) && isNext(last, one))
      if (next === undefined) break
      row.push(next)
      last = next
    }
    const last = row.at(-1)
    if (row.length < 5 || last === undefined) continue
    for (const one of row) left.delete(one)
    const width = (last[0] + last[2] - first[0]) / row.length
    const region: FormPlace = [first[0], first[1], width * row.length, first[3]]
    combs.push({ frame: region, comb: { region, comb: { cells: row.length, x: first[0], width } } })
  }
  return combs
}

function isNext([x, y, width, height]: FormPlace, [left, top, wide, high]: FormPlace): boolean {
  const isBeside = Math.abs(x + width - left) < 6 && Math.abs(y - top) < 6
  return isBeside && Math.abs(width - wide) < 8 && Math.abs(height - high) < 8
}
