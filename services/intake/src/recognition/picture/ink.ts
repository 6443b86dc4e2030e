import { type Grey, shrink } from './grey.ts'

/** Where a page carries ink: darker than its surroundings by a clear step, on a copy about 1,000 pixels wide. */
export type Ink = { readonly width: number; readonly height: number; readonly on: Uint8Array }

/** Finds ink by local contrast, so that shadows, paper colour and faint print from the other side do not count. */
export function findInk(page: Grey, contrast = 0.28): Ink {
  const scale = Math.max(1, Math.round(Math.min(page.width, page.height) / 900))
  const small = shrink(page, scale)
  const around = meanAround(small, 16)
  const on = new Uint8Array(small.data.length)
  for (let i = 0; i < on.length; i++) {
    const background = around[i] ?? 255
    if (background > 24 && (small.data[i] ?? 255) < background * (1 - contrast)) on[i] = 1
  }
  return { width: small.width, height: small.height, on }
}

/** The mean of the square of 2 × radius + 1 pixels round each pixel, at the edges of what there is of it. */
export function meanAround(image: Grey, radius: number): Uint8Array {
  const { width, height, data } = image
  const mean = new Uint8Array(width * height)
  // The sums of each column's pixels in reach; they move down with the row, and the square's sum along it.
  const columns = new Uint32Array(width)
  const addRow = (y: number, sign: 1 | -1) => {
    if (y < 0 || y >= height) return
    for (let x = 0, at = y * width; x < width; x++, at++) columns[x] = (columns[x] ?? 0) + sign * (data[at] ?? 0)
  }
  for (let y = -radius; y < height; y++) {
    addRow(y + radius, 1)
    if (y < 0) continue
    addRow(y - radius - 1, -1)
    const rows = Math.min(height, y + radius + 1) - Math.max(0, y - radius)
    let sum = 0
    for (let x = 0; x < Math.min(radius, width); x++) sum += columns[x] ?? 0
    for (let x = 0; x < width; x++) {
      const enter = x + radius
      const leave = x - radius - 1
      if (enter < width) sum += columns[enter] ?? 0
      if (leave >= 0) sum -= columns[leave] ?? 0
      const across = Math.min(width, enter + 1) - Math.max(0, leave + 1)
      mean[y * width + x] = sum / (rows * across) + 0.5
    }
  }
  return mean
}

/** The share of the page that carries ink, its edges left out: scanners draw shadows there, and holes are punched. */
export function inkShare({ width, height, on }: Ink): number {
  const [long, short] = [0.11, 0.03]
  const stands = height >= width
  const [side, edge] = [Math.round(width * (stands ? long : short)), Math.round(height * (stands ? short : long))]
  let count = 0
  for (let y = edge; y < height - edge; y++) {
    for (let x = side; x < width - side; x++) {
      const i = y * width + x
      // A speck of noise stands alone; a stroke has neighbours.
      if (on[i] === 1 && (on[i + 1] === 1 || on[i - 1] === 1) && (on[i + width] === 1 || on[i - width] === 1)) count++
    }
  }
  return count / Math.max(1, (width - 2 * side) * (height - 2 * edge))
}

/** Below this share a page is proposed as blank: what is left of noise is 0, a faint page number alone 0.000004. */
export const blankBelow = 0.000_003

/**
 * How many degrees clockwise the lines of a page lean, within ±`limit`, to about 0.02 degrees: the angle at which the
 * rows' ink is most uneven. 0 when the page has too little ink to tell.
 */
export function findSkew({ width, height, on }: Ink, limit = 6): number {
  const xs: number[] = []
  const ys: number[] = []
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      const i = y * width + x
      // Only where ink begins from above: strokes' upper edges, so that solid areas do not drown the lines.
      if (on[i] === 1 && on[i - width] === 0) {
        xs.push(x - width / 2)
        ys.push(y)
      }
    }
  }
  if (xs.length < 200) return 0
  const score = (degrees: number, every: number) => unevenness(xs, ys, height, width, degrees, every)
  const every = Math.max(1, Math.floor(xs.length / 15_000))
  let best = peak(-limit, limit, 0.25, (degrees) => score(degrees, every))
  best = peak(best - 0.3, best + 0.3, 0.05, (degrees) => score(degrees, 1))
  best = peak(best - 0.06, best + 0.06, 0.01, (degrees) => score(degrees, 1))
  return Math.round(best * 100) / 100
}

function unevenness(xs: number[], ys: number[], height: number, width: number, degrees: number, every: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180)
  const margin = Math.ceil((width / 2) * Math.abs(slope)) + 2
  const rows = new Float32Array((height + 2 * margin) * 2)
  for (let i = 0; i < xs.length; i += every) {
    const row = Math.round(((ys[i] ?? 0) - (xs[i] ?? 0) * slope + margin) * 2)
    rows[row] = (rows[row] ?? 0) + 1
  }
  let sum = 0
  for (let i = 1; i < rows.length; i++) {
    const both = (rows[i] ?? 0) + (rows[i - 1] ?? 0)
    sum += both * both
  }
  return sum
}

function peak(from: number, to: number, step: number, score: (at: number) => number): number {
  let [best, bestScore] = [from, Number.NEGATIVE_INFINITY]
  for (let at = from; at <= to + 1e-9; at += step) {
    const here = score(at)
    if (here > bestScore) [best, bestScore] = [at, here]
  }
  return best
}
