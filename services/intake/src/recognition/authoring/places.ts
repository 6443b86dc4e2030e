import type { FormPlace } from '@tasain/contracts'
import type { Rule, Rules } from '../picture/rules.ts'

/** Things in the reading order of their places: row by row, each from the left. Tops a few pixels apart are one row. */
export function sortByPlace<T>(things: readonly T[], placeOf: (thing: T) => FormPlace): T[] {
  const rows: { top: number; things: T[] }[] = []
  for (const thing of things.toSorted((a, b) => placeOf(a)[1] - placeOf(b)[1])) {
    const [, top] = placeOf(thing)
    const row = rows.at(-1)
    if (row !== undefined && top - row.top < 20) row.things.push(thing)
    else rows.push({ top, things: [thing] })
  }
  return rows.flatMap((row) => row.things.sort((a, b) => placeOf(a)[0] - placeOf(b)[0]))
}

/** Whether one place lies within another, but for a few pixels. */
export function isInside([x, y, width, height]: FormPlace, [left, top, wide, high]: FormPlace): boolean {
  const edge = 12
  return x >= left - edge && y >= top - edge && x + width <= left + wide + edge && y + height <= top + high + edge
}

/** Printed lines of which pieces were found as one each. */
export function joinRules({ across, down }: Rules): Rules {
  const turned = join(down.map(({ x1, y1, x2, y2 }) => ({ x1: y1, y1: x1, x2: y2, y2: x2 })))
  return { across: join(across), down: turned.map(({ x1, y1, x2, y2 }) => ({ x1: y1, y1: x1, x2: y2, y2: x2 })) }
}

function join(rules: readonly Rule[]): Rule[] {
  const joined: Rule[] = []
  for (const rule of rules.toSorted((a, b) => a.y1 - b.y1 || a.x1 - b.x1)) {
    const place = joined.findIndex(
      (one) => Math.abs(one.y1 - rule.y1) <= 6 && one.x1 <= rule.x2 + 24 && rule.x1 <= one.x2 + 24,
    )
    const one = joined[place]
    if (one === undefined) joined.push(rule)
    else joined[place] = unite(one, rule)
  }
  return joined
}

/** The two as one line, at the height of the longer. */
function unite(one: Rule, other: Rule): Rule {
  const y = one.x2 - one.x1 >= other.x2 - other.x1 ? one.y1 : other.y1
  return { x1: Math.min(one.x1, other.x1), x2: Math.max(one.x2, other.x2), y1: y, y2: y }
}
