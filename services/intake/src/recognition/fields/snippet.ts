import { whitenIfShaded } from '../picture/clean.ts'
import { type Affine, compose, type Grey, sample } from '../picture/grey.ts'

export type Comb = { readonly cells: number; readonly x: number; readonly width: number }
/** Where a field lies, in the coordinates of a form at 300 dpi or of any page mapped alike. */
export type Place = { readonly region: readonly [number, number, number, number]; readonly comb?: Comb | undefined }

/**
 * A field cut out for reading: stretched to black on white, trimmed to its ink with a white margin. `box` is the ink's
 * place in the coordinates of the region.
 */
export type Snippet = { readonly image: Grey; readonly box: [number, number, number, number] }

const margin = 12
/** Across a box higher than this, in units of the region, shade may change so much that it would be taken for ink. */
const tall = 120

/**
 * Cuts a field straight out of the page, at `scale` pixels per unit of the region; undefined when nothing is written
 * there. `toPage` maps the region's coordinates to the page image given.
 */
export function cutField(page: Grey, toPage: Affine, place: Place, scale: number): Snippet | undefined {
  const [x, y, width, height] = place.region
  if (place.comb !== undefined) return cutComb(page, toPage, place.region, place.comb, scale)
  const cut = cutOut(page, toPage, x, y, width, height, scale)
  const image = stretch(height > tall ? whitenIfShaded(cut) : cut)
  const ink = image && findInkBox(image)
  if (image === undefined || ink === undefined) return undefined
  const [left, top, w, h] = ink
  return {
    image: paste([{ image, left, top, width: w, height: h }], h),
    box: [Math.round(x + left / scale), Math.round(y + top / scale), Math.round(w / scale), Math.round(h / scale)],
  }
}

function cutComb(page: Grey, toPage: Affine, region: Place['region'], comb: Comb, scale: number): Snippet | undefined {
  const [, y, , height] = region
  const inset = Math.max(4, comb.width * 0.09)
  const whole = stretch(cutOut(page, toPage, comb.x, y + inset, comb.width * comb.cells, height - 2 * inset, scale))
  if (whole === undefined) return undefined
  const parts: Part[] = []
  let [first, last] = [-1, -1]
  for (let cell = 0; cell < comb.cells; cell++) {
    const from = Math.round((cell * comb.width + inset) * scale)
    const to = Math.round(((cell + 1) * comb.width - inset) * scale)
    const ink = findInkBox(whole, from, to, 12)
    if (ink === undefined) continue
    parts.push({ image: whole, left: ink[0], top: 0, width: ink[2], height: whole.height })
    if (first < 0) first = cell
    last = cell
  }
  if (parts.length === 0) return undefined
  return {
    image: paste(parts, whole.height),
    box: [Math.round(comb.x + first * comb.width), y, Math.round((last - first + 1) * comb.width), height],
  }
}

function cutOut(page: Grey, toPage: Affine, x: number, y: number, width: number, height: number, scale: number): Grey {
  const toRegion: Affine = [1 / scale, 0, x, 0, 1 / scale, y]
  return sample(page, compose(toRegion, toPage), Math.round(width * scale), Math.round(height * scale))
}

/** Spreads paper to white and ink to black; undefined when all is one shade. */
function stretch(image: Grey): Grey | undefined {
  const counts = new Uint32Array(256)
  for (const value of image.data) counts[value] = (counts[value] ?? 0) + 1
  const total = image.data.length
  // A short answer in a large box is little ink, and yet ink.
  const dark = percentile(counts, Math.min(total * 0.006, 300))
  const paper = percentile(counts, total * 0.5)
  if (paper - dark < 45) return undefined
  const white = paper - (paper - dark) * 0.12
  const data = new Uint8Array(total)
  for (let i = 0; i < total; i++) {
    const level = ((image.data[i] ?? 255) - dark) / (white - dark)
    data[i] = level <= 0 ? 0 : level >= 1 ? 255 : Math.round(level * 255)
  }
  return { width: image.width, height: image.height, data }
}

function percentile(counts: Uint32Array, at: number): number {
  let sum = 0
  for (let value = 0; value < 256; value++) {
    sum += counts[value] ?? 0
    if (sum > at) return value
  }
  return 255
}

/** The box round all ink between two columns; specks do not count. */
function findInkBox(image: Grey, from = 0, to = image.width, least = 40): [number, number, number, number] | undefined {
  const { width, height, data } = image
  let [left, right, top, bottom, count] = [to, from, height, 0, 0]
  for (let y = 0; y < height; y++) {
    for (let x = from; x < to; x++) {
      const i = y * width + x
      if ((data[i] ?? 255) >= 110) continue
      // A stroke continues beside and above or below; dust does not.
      if ((data[i + 1] ?? 255) >= 150 && (data[i - 1] ?? 255) >= 150) continue
      if ((data[i + width] ?? 255) >= 150 && (data[i - width] ?? 255) >= 150) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
      count++
    }
  }
  if (count < least) return undefined
  const [x, y] = [Math.max(from, left - 2), Math.max(0, top - 2)]
  return [x, y, Math.min(to, right + 3) - x, Math.min(height, bottom + 3) - y]
}

type Part = {
  readonly image: Grey
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Sets cut-outs side by side on white. */
function paste(parts: readonly Part[], height: number): Grey {
  const gap = 8
  const inner = parts.reduce((sum, part) => sum + part.width + gap, -gap)
  const width = inner + 2 * margin
  const data = new Uint8Array(width * (height + 2 * margin)).fill(255)
  let x = margin
  for (const part of parts) {
    for (let row = 0; row < part.height; row++) {
      const from = (part.top + row) * part.image.width + part.left
      data.set(part.image.data.subarray(from, from + part.width), (row + margin) * width + x)
    }
    x += part.width + gap
  }
  return { width, height: height + 2 * margin, data }
}
