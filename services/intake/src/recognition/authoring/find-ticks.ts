import type { FormPlace } from '@tasain/contracts'
import type { Grey } from '../picture/grey.ts'
import { listRules, type Rule } from '../picture/rules.ts'
import { sortByPlace } from './places.ts'

const [smallest, largest] = [30, 90]
const slack = 5

/** Lists the empty square frames on a blank form drawn at 300 dpi: boxes to tick, in reading order. */
export function listTickFrames(page: Grey): FormPlace[] {
  const { across, down } = listRules(page, { across: smallest - 4, down: smallest - 4 }, 8)
  const short = across.filter(({ x1, x2 }) => isSide(x2 - x1))
  const sides = down.filter(({ y1, y2 }) => isSide(y2 - y1))
  const frames = short.flatMap((top) =>
    short.flatMap((bottom): FormPlace[] => {
      const [width, height] = [top.x2 - top.x1, bottom.y1 - top.y1]
      if (!isSide(height) || Math.abs(width / height - 1) > 0.2) return []
      if (Math.abs(top.x1 - bottom.x1) > slack || Math.abs(top.x2 - bottom.x2) > slack) return []
      if (!hasSide(sides, top.x1, top.y1, bottom.y1) || !hasSide(sides, top.x2, top.y1, bottom.y1)) return []
      return [[top.x1, top.y1, width, height]]
    }),
  )
  const boxes = keepApart(frames.filter((frame) => isEmpty(page, frame) && isSquare(page, frame)))
  return sortByPlace(boxes, (box) => box)
}

const isSide = (length: number) => length >= smallest - 4 && length <= largest

function hasSide(sides: readonly Rule[], x: number, from: number, to: number): boolean {
  return sides.some((rule) => Math.abs(rule.x1 - x) <= slack && rule.y1 <= from + slack && rule.y2 >= to - slack)
}

/** Whether nothing is printed inside: letters and the modules of a code are no boxes. */
function isEmpty({ data, width }: Grey, [x, y, wide, high]: FormPlace): boolean {
  const inset = 7
  let [dark, all] = [0, 0]
  for (let row = Math.round(y + inset); row < y + high - inset; row++) {
    for (let column = Math.round(x + inset); column < x + wide - inset; column++) {
      all++
      if ((data[row * width + column] ?? 255) < 150) dark++
    }
  }
  return all > 0 && dark / all < 0.04
}

/** Whether all four sides are printed along their whole length, corners too: round letters have none. */
function isSquare({ data, width }: Grey, [x, y, wide, high]: FormPlace): boolean {
  const paper = data[Math.round(y + high / 2) * width + Math.round(x + wide / 2)] ?? 255
  const depthAt = (column: number, row: number) => paper - (data[Math.round(row) * width + Math.round(column)] ?? 255)
  const isDark = (column: number, row: number) => {
    for (let off = -2; off <= 2; off++)
      for (let aside = -2; aside <= 2; aside++) if (depthAt(column + aside, row + off) > 40) return true
    return false
  }
  const inner = [x + 6.5, x + wide - 6.5].flatMap((column) =>
    [y + 6.5, y + high - 6.5].map((row) => [column, row] as const),
  )
  const isRound = inner.filter(([column, row]) => depthAt(column, row) > 40).length > 1
  if (isRound) return false
  let [dark, all] = [0, 0]
  for (let along = 0; along <= 1.001; along += 0.05) {
    const [column, row] = [x + wide * along, y + high * along]
    for (const [atX, atY] of [
      [column, y],
      [column, y + high],
      [x, row],
      [x + wide, row],
    ] as const) {
      all++
      if (isDark(atX, atY)) dark++
    }
  }
  return dark / all > 0.94
}

/** Of frames that lie on each other the first. */
function keepApart(frames: readonly FormPlace[]): FormPlace[] {
  return frames.filter(
    (one, index) =>
      !frames.slice(0, index).some((other) => Math.abs(one[0] - other[0]) < 15 && Math.abs(one[1] - other[1]) < 15),
  )
}
