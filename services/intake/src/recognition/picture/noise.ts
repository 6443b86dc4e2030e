import { type Grey, shrink } from './grey.ts'

/** Of a page of print the pixels' likeness is 0.7 and more, of a photograph 0.9, of noise next to nothing. */
const leastLikeness = 0.3
/** Paper's own grain is far below this (standard deviation of a grey pixel); a short note on it must not be lost for it. */
const leastSpread = 30

/**
 * Whether a page is noise and nothing else, as a broken scanner sends: pixels that tell nothing of their neighbours. At
 * half the resolution too, for there the dots of a rastered picture run together and noise stays what it is.
 */
export function isNoise(page: Grey): boolean {
  const { likeness, spread } = measure(page)
  return spread >= leastSpread && likeness < leastLikeness && measure(shrink(page, 2)).likeness < leastLikeness
}

const rowStep = 5

/** Of a sample of rows: how far pixels lie from their mean, and their correlation with those right of and below them. */
function measure({ width, height, data }: Grey): { likeness: number; spread: number } {
  let [count, sum, squares, across, down] = [0, 0, 0, 0, 0]
  for (let y = 0; y < height - 1; y += rowStep) {
    for (let x = 0, at = y * width; x < width - 1; x++, at++) {
      const value = data[at] ?? 0
      const right = value - (data[at + 1] ?? 0)
      const below = value - (data[at + width] ?? 0)
      count++
      sum += value
      squares += value * value
      across += right * right
      down += below * below
    }
  }
  const variance = count === 0 ? 0 : squares / count - (sum / count) ** 2
  return { likeness: 1 - Math.max(across, down) / count / (2 * variance), spread: Math.sqrt(variance) }
}
