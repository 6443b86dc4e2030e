import type { Box, FieldReading } from '@tasain/contracts'
import { type Affine, compose, type Grey, sample } from '../picture/grey.ts'

/** A box to tick: `region` is its frame, in the coordinates of the form. */
export type TickPlace = { readonly name: string; readonly region: Box }
export type TickReading = Pick<FieldReading, 'value' | 'confidence' | 'status' | 'provenance'> & { readonly box: Box }

/** How far beside its place a frame is looked for: what is written in a box may push it, and paper stretches. */
const reach = 14
/** What a box may hold of ink and still be empty, and what a tick has at least. Between the two a person must look. */
const emptyBelow = 0.035
const tickedFrom = 0.09
/** A box with more than this is blackened: whether that is a tick or one taken back only a person can say. */
const tickedUpTo = 0.8
/** What the emptiest box of a form holds, up to this much, is the scan's dirt and is taken off the others. */
const mostDirt = 0.03

type Measured = { readonly share: number; readonly isFramed: boolean; readonly box: Box }

/**
 * Reads a form's boxes to tick, each `on` or `off`: by the ink inside its frame, measured against the frame's own print
 * and against the emptiest box of the form. Sure only where the frame was found and the ink is clearly one or the other.
 * `toPage` maps the form's coordinates to the page given. The boxes are in the coordinates of the form.
 */
export function readTicks(page: Grey, toPage: Affine, places: readonly TickPlace[]): Map<string, TickReading> {
  const measured = places.map(({ name, region }) => ({ name, ...measureBox(page, toPage, region) }))
  const dirt = places.length < 2 ? 0 : Math.min(mostDirt, ...measured.map(({ share }) => share))
  return new Map(measured.map(({ name, ...box }) => [name, judgeBox(box, Math.max(0, box.share - dirt))]))
}

function judgeBox({ isFramed, box }: Measured, share: number): TickReading {
  const middle = (emptyBelow + tickedFrom) / 2
  const value = share < middle ? 'off' : 'on'
  const isClear = value === 'off' ? share <= emptyBelow : share >= tickedFrom && share <= tickedUpTo
  const margin = Math.min(1, Math.abs(share - middle) / (tickedFrom - emptyBelow))
  const confidence = Math.round((0.5 + margin / 2) * 1000) / 1000
  return { value, confidence, status: isFramed && isClear ? 'sure' : 'doubtful', provenance: 'raw', box }
}

/** The share of a box's inside that is inked, and where its frame was found. */
function measureBox(page: Grey, toPage: Affine, [x, y, width, height]: Box): Measured {
  const edge = reach + 6
  const [left, top] = [x - edge, y - edge]
  const [wide, high] = [Math.round(width + 2 * edge), Math.round(height + 2 * edge)]
  const cut = sample(page, compose([1, 0, left, 0, 1, top], toPage), wide, high)
  const ink = findDepth(cut)
  const frame = findFrame(ink, wide, high, edge, { width: Math.round(width), height: Math.round(height) })
  const box: Box = [left + frame.x, top + frame.y, frame.width, frame.height]
  return { share: shareInside(ink, wide, frame), isFramed: frame.depth >= leastDepth && frame.least >= leastSide, box }
}

/** How much darker than the paper a frame must be, in grey levels, on average and on its faintest side. */
const leastDepth = 28
const leastSide = 12

/** How much darker than the paper each pixel is; the paper is the shade of the brighter half. */
function findDepth({ data }: Grey): Float32Array {
  const paper = [...data].sort((a, b) => a - b)[Math.floor(data.length * 0.7)] ?? 255
  return Float32Array.from(data, (value) => Math.max(0, paper - value))
}

type Frame = { x: number; y: number; width: number; height: number; depth: number; least: number }
type Size = { readonly width: number; readonly height: number }

/** The four sides, near where they should be, that are darkest together; `depth` is their mean, `least` the faintest. */
function findFrame(ink: Float32Array, wide: number, high: number, edge: number, size: Size): Frame {
  const rows = prefixRows(ink, wide, high)
  const columns = prefixColumns(ink, wide, high)
  const across = (y: number, from: number, to: number) => lineMean(rows, wide, y, from, to)
  const down = (x: number, from: number, to: number) => columnMean(columns, wide, x, from, to)
  let best: Frame = { x: edge, y: edge, ...size, depth: 0, least: 0 }
  let bestScore = 0
  const tryAt = (x: number, y: number, width: number, height: number) => {
    const sides = [
      across(y, x + 2, x + width - 2),
      across(y + height - 1, x + 2, x + width - 2),
      down(x, y + 2, y + height - 2),
      down(x + width - 1, y + 2, y + height - 2),
    ]
    const depth = sides.reduce((sum, side) => sum + side, 0) / 4
    const least = Math.min(...sides)
    // A frame has four sides; the strokes of a cross or a letter make one or two.
    const score = depth + 2 * least - 0.3 * Math.hypot(x - edge, y - edge)
    if (score > bestScore) [best, bestScore] = [{ x, y, width, height, depth, least }, score]
  }
  for (let y = edge - reach; y <= edge + reach; y += 2)
    for (let x = edge - reach; x <= edge + reach; x += 2) tryAt(x, y, size.width, size.height)
  const { x: nearX, y: nearY } = best
  for (const grown of [0, -2, 2])
    for (let y = nearY - 2; y <= nearY + 2; y++)
      for (let x = nearX - 2; x <= nearX + 2; x++) tryAt(x, y, size.width + grown, size.height + grown)
  return best
}

/** The share of pixels inside the frame that are at least half as dark as the frame, the frame's own edge left out. */
function shareInside(ink: Float32Array, wide: number, { x, y, width, height, depth }: Frame): number {
  const inset = 8
  const least = Math.max(leastDepth / 2, depth * 0.45)
  let [count, all] = [0, 0]
  for (let row = Math.round(y + inset); row < y + height - inset; row++) {
    for (let column = Math.round(x + inset); column < x + width - inset; column++) {
      all++
      if ((ink[row * wide + column] ?? 0) >= least) count++
    }
  }
  return count / Math.max(1, all)
}

function prefixRows(ink: Float32Array, wide: number, high: number): Float64Array {
  const sums = new Float64Array((wide + 1) * high)
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++)
      sums[y * (wide + 1) + x + 1] = (sums[y * (wide + 1) + x] ?? 0) + (ink[y * wide + x] ?? 0)
  return sums
}

function prefixColumns(ink: Float32Array, wide: number, high: number): Float64Array {
  const sums = new Float64Array(wide * (high + 1))
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) sums[(y + 1) * wide + x] = (sums[y * wide + x] ?? 0) + (ink[y * wide + x] ?? 0)
  return sums
}

const lineMean = (rows: Float64Array, wide: number, y: number, from: number, to: number) =>
  ((rows[y * (wide + 1) + to] ?? 0) - (rows[y * (wide + 1) + from] ?? 0)) / Math.max(1, to - from)
const columnMean = (columns: Float64Array, wide: number, x: number, from: number, to: number) =>
  ((columns[to * wide + x] ?? 0) - (columns[from * wide + x] ?? 0)) / Math.max(1, to - from)
