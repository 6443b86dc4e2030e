import type { DraftField, FormDraft, FormPlace } from '@tasain/contracts'

/** Which edges of a box are pulled: -1 left or top, 1 right or bottom, 0 neither. */
export type Pull = { readonly across: -1 | 0 | 1; readonly down: -1 | 0 | 1 }
type Page = FormDraft['page']
type Placed = Pick<DraftField, 'region'> & { comb?: DraftField['comb'] }

const least = 20

/** Moves a field by so many 1/300 inches, as far as the page goes; its comb goes with it. */
export function moveField<T extends Placed>(field: T, dx: number, dy: number, page: Page): T {
  const [x, y, width, height] = field.region
  const left = clamp(x + dx, 0, page.width - width)
  const top = clamp(y + dy, 0, page.height - height)
  return withRegion(field, [left, top, width, height])
}

/** Pulls at edges of a field; never smaller than can be seen, and never over the edge of the page. */
export function pullField<T extends Placed>(field: T, { across, down }: Pull, dx: number, dy: number, page: Page): T {
  const [x, y, width, height] = field.region
  const [left, wide] = pullSpan(x, width, across, dx, page.width)
  const [top, high] = pullSpan(y, height, down, dy, page.height)
  return withRegion(field, [left, top, wide, high])
}

function pullSpan(from: number, length: number, edge: -1 | 0 | 1, by: number, most: number): [number, number] {
  if (edge === 0) return [from, length]
  if (edge === 1) return [from, clamp(length + by, least, most - from)]
  const start = clamp(from + by, 0, from + length - least)
  return [start, from + length - start]
}

/** Gives a field its place; the cells of a comb spread as the field does. */
export function withRegion<T extends Placed>(field: T, region: FormPlace): T {
  const next = region.map(round) as unknown as FormPlace
  const { comb } = field
  if (comb === undefined) return { ...field, region: next }
  const grown = next[2] / Math.max(1, field.region[2])
  const x = round(next[0] + (comb.x - field.region[0]) * grown)
  return { ...field, region: next, comb: { ...comb, x, width: toCellWidth(comb.width * grown) } }
}

/** Divides a field into so many cells, one character each; fewer than two are no comb. */
export function withCells<T extends Placed>(field: T, cells: number): T {
  const { comb: _comb, ...rest } = field
  if (cells < 2) return rest as T
  const [x, , width] = field.region
  return { ...field, comb: { cells, x, width: toCellWidth(width / cells) } }
}

/** The box between two points, from its top left, kept on the page. */
export function boxBetween(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  page: Page,
): FormPlace {
  const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)].map((x) => clamp(x, 0, page.width))
  const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)].map((y) => clamp(y, 0, page.height))
  return [left ?? 0, top ?? 0, (right ?? 0) - (left ?? 0), (bottom ?? 0) - (top ?? 0)].map(
    round,
  ) as unknown as FormPlace
}

const clamp = (value: number, from: number, to: number) => Math.max(from, Math.min(Math.max(from, to), value))
// A cell beyond these could not be kept; that it stands beside the field is told as a fault.
const toCellWidth = (width: number) => clamp(round(width), 8, 600)
const round = (value: number) => Math.round(value * 10) / 10
