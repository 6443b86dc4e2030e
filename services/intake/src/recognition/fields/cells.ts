import type { Rule, Rules } from '../picture/rules.ts'
import type { Label } from './labels.ts'
import type { FieldPlace } from './look.ts'
import type { Comb } from './snippet.ts'

/** A page's printed lines and the pixels of 1/300 inch, for all lengths here. */
export type Ruled = { readonly rules: Rules; readonly scale: number; readonly width: number }

/**
 * Where the value of a label is written, by the lines printed round it: below the label in its own cell, or in the cell
 * beside it. In pixels of the page; undefined where the label stands in no cell.
 */
export function placeInCell(label: Label, { rules, scale, width }: Ruled): FieldPlace | undefined {
  const [x, y, w, h] = label.box
  const middle = x + w / 2
  const above = nearest(
    rules.across.filter((rule) => spans(rule.x1, rule.x2, middle)).map(({ y1 }) => y1),
    y + h / 2,
    -1,
  )
  const below = nearest(
    rules.across.filter((rule) => spans(rule.x1, rule.x2, middle)).map(({ y1 }) => y1),
    y + h,
    1,
  )
  if (above === undefined || below === undefined || y - above > 60 * scale) return undefined
  const room = below - (y + h)
  const sides = sidesOf(rules, x, above, below, scale)
  const left = sides.left ?? 0
  const right = sides.right ?? width
  if (room >= Math.max(38 * scale, h)) {
    const comb = findComb(rules.down, [left, y + h, right, below], scale)
    if (comb !== undefined) return { name: label.name, type: label.type, region: comb.region, comb: comb.comb }
    const region: FieldPlace['region'] = [
      left + 6 * scale,
      y + h + 4 * scale,
      right - left - 12 * scale,
      room - 9 * scale,
    ]
    return { name: label.name, type: label.type, region }
  }
  // The label fills its cell: the value stands beside it.
  const end =
    sides.right === undefined
      ? undefined
      : (sidesOf(rules, sides.right + 8 * scale, above, below, scale).right ?? width)
  if (end === undefined) return undefined
  return {
    name: label.name,
    type: label.type,
    region: [right + 6 * scale, above + 5 * scale, end - right - 12 * scale, below - above - 10 * scale],
  }
}

/** Lines that run down the whole cell: those left and right of x. The ticks of a comb are shorter. */
function sidesOf(rules: Rules, x: number, above: number, below: number, scale: number) {
  const slack = 8 * scale
  const whole = rules.down.filter(({ y1, y2 }) => y1 <= above + slack && y2 >= below - slack).map(({ x1 }) => x1)
  return { left: nearest(whole, x + slack, -1), right: nearest(whole, x + slack, 1) }
}

function spans(from: number, to: number, at: number): boolean {
  return from <= at && at <= to
}

function nearest(places: readonly number[], from: number, way: 1 | -1): number | undefined {
  const ahead = places.filter((at) => (at - from) * way > 0)
  return ahead.length === 0 ? undefined : way > 0 ? Math.min(...ahead) : Math.max(...ahead)
}

/** Evenly spaced strokes in a cell `[left, top, right, bottom]`: one character between each two. */
export function findComb(
  down: readonly Rule[],
  [left, top, right, bottom]: readonly [number, number, number, number],
  scale: number,
) {
  const slack = 14 * scale
  const inside = down
    .filter(({ x1, y1, y2 }) => x1 > left - slack && x1 < right + slack && y1 > top - slack && y2 < bottom + slack)
    .sort((a, b) => a.x1 - b.x1)
  if (inside.length < 6) return undefined
  const gaps = inside.slice(1).map((rule, index) => rule.x1 - (inside[index]?.x1 ?? 0))
  const pitch = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0
  const first = inside[0]
  const last = inside.at(-1)
  if (first === undefined || last === undefined || pitch < 35 * scale) return undefined
  const even = gaps.filter((gap) => Math.abs(gap / pitch - Math.round(gap / pitch)) < 0.12).length
  if (even < gaps.length * 0.8) return undefined
  const cells = Math.round((last.x1 - first.x1) / pitch)
  const width = (last.x1 - first.x1) / cells
  const comb: Comb = { cells, x: first.x1, width }
  const region: FieldPlace['region'] = [
    first.x1,
    first.y1,
    last.x1 - first.x1,
    Math.max(...inside.map(({ y2 }) => y2)) - first.y1,
  ]
  return { comb, region }
}

/**
 * Where the value of a label is written when no lines tell: after it on its line when words stand there, else the line
 * below, as far as the next label.
 */
export function placeByWords(
  label: Label,
  words: readonly { readonly box: readonly [number, number, number, number] }[],
  labels: readonly Label[],
  width: number,
): FieldPlace {
  const [x, y, w, h] = label.box
  const sameLine = (box: Label['box']) => Math.abs(box[1] + box[3] / 2 - (y + h / 2)) < h * 0.8
  const nextLabel = Math.min(
    width * 0.97,
    ...labels
      .filter((other) => other !== label && other.box[0] > x + w && Math.abs(other.box[1] - y) < h * 2)
      .map(({ box }) => box[0]),
  )
  const after = words.filter(({ box }) => sameLine(box) && box[0] > x + w + h * 0.2 && box[0] < nextLabel)
  const { name, type } = label
  if (after.length > 0)
    return { name, type, region: [x + w + h * 0.25, y - h * 0.35, nextLabel - x - w - h * 0.5, h * 1.7] }
  return { name, type, region: [x - h * 0.3, y + h * 1.15, nextLabel - x - h * 0.2, h * 2] }
}
