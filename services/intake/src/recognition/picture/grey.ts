/** A one-channel page image: 0 is black, 255 white, row after row. */
export type Grey = { readonly width: number; readonly height: number; readonly data: Uint8Array }

/** x' = a x + b y + c; y' = d x + e y + f */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const identity: Affine = [1, 0, 0, 0, 1, 0]

/** The map that applies `first`, then `then`. */
export function compose(first: Affine, then: Affine): Affine {
  const [a, b, c, d, e, f] = first
  const [p, q, r, s, t, u] = then
  return [p * a + q * d, p * b + q * e, p * c + q * f + r, s * a + t * d, s * b + t * e, s * c + t * f + u]
}

/** @throws RangeError when the map is flat. */
export function invert([a, b, c, d, e, f]: Affine): Affine {
  const det = a * e - b * d
  if (Math.abs(det) < 1e-12) throw new RangeError('a flat map has no inverse')
  return [e / det, -b / det, (b * f - e * c) / det, -d / det, a / det, (d * c - a * f) / det]
}

export function mapPoint([a, b, c, d, e, f]: Affine, x: number, y: number): [number, number] {
  return [a * x + b * y + c, d * x + e * y + f]
}

type Rectangle = readonly [x: number, y: number, width: number, height: number]

/** Whether the middle of one box lies in the other or on its edge. */
export function isCentreInside([x, y, width, height]: Rectangle, [left, top, wide, high]: Rectangle): boolean {
  const [across, down] = [x + width / 2 - left, y + height / 2 - top]
  return across >= 0 && across <= wide && down >= 0 && down <= high
}

/** The upright box that holds the image of a box, in whole pixels. */
export function mapBox(map: Affine, [x, y, width, height]: Rectangle) {
  const corners = [mapPoint(map, x, y), mapPoint(map, x + width, y), mapPoint(map, x, y + height)]
  corners.push(mapPoint(map, x + width, y + height))
  return boxAround(corners)
}

/** The upright box round some points, in whole pixels. */
export function boxAround(points: readonly (readonly [number, number])[]): [number, number, number, number] {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [left, top] = [Math.round(Math.min(...xs)), Math.round(Math.min(...ys))]
  return [left, top, Math.round(Math.max(...xs)) - left, Math.round(Math.max(...ys)) - top]
}

/**
 * An image of `width` × `height` whose pixel (x, y) is the source's at `toSource`(x, y), between four pixels; white
 * outside the source.
 */
export function sample(source: Grey, toSource: Affine, width: number, height: number): Grey {
  const [a, b, c, d, e, f] = toSource
  const data = new Uint8Array(width * height)
  const from = source.data
  const { width: w, height: h } = source
  for (let y = 0; y < height; y++) {
    let sx = b * (y + 0.5) + c + a * 0.5 - 0.5
    let sy = e * (y + 0.5) + f + d * 0.5 - 0.5
    for (let x = 0, at = y * width; x < width; x++, at++, sx += a, sy += d) {
      const left = Math.floor(sx)
      const top = Math.floor(sy)
      if (left < 0 || top < 0 || left + 1 >= w || top + 1 >= h) {
        data[at] = nearest(source, left, top)
        continue
      }
      const fx = sx - left
      const fy = sy - top
      const i = top * w + left
      const upper = (from[i] ?? 255) * (1 - fx) + (from[i + 1] ?? 255) * fx
      const lower = (from[i + w] ?? 255) * (1 - fx) + (from[i + w + 1] ?? 255) * fx
      data[at] = upper * (1 - fy) + lower * fy + 0.5
    }
  }
  return { width, height, data }
}

function nearest(source: Grey, x: number, y: number): number {
  if (x < -1 || y < -1 || x > source.width - 1 || y > source.height - 1) return 255
  return source.data[Math.max(0, y) * source.width + Math.max(0, x)] ?? 255
}

/** Shrinks by a whole factor, each pixel the mean of its block. */
export function shrink(source: Grey, by: number): Grey {
  if (by <= 1) return source
  const from = source.data
  const width = Math.floor(source.width / by)
  const height = Math.floor(source.height / by)
  const data = new Uint8Array(width * height)
  const sums = new Uint32Array(width)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    for (let dy = 0; dy < by; dy++) {
      let at = (y * by + dy) * source.width
      for (let x = 0; x < width; x++) {
        let sum = 0
        for (let dx = 0; dx < by; dx++) sum += from[at++] ?? 255
        sums[x] = (sums[x] ?? 0) + sum
      }
    }
    const area = by * by
    for (let x = 0; x < width; x++) data[y * width + x] = (sums[x] ?? 0) / area
  }
  return { width, height, data }
}

/** Turns clockwise by quarter turns. */
export function turn(source: Grey, degrees: 0 | 90 | 180 | 270): Grey {
  if (degrees === 0) return source
  const { width: w, height: h, data: from } = source
  const data = new Uint8Array(from.length)
  if (degrees === 180) {
    for (let i = 0, j = from.length - 1; j >= 0; i++, j--) data[i] = from[j] ?? 255
    return { width: w, height: h, data }
  }
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const to = degrees === 90 ? x * h + (h - 1 - y) : (w - 1 - x) * h + y
      data[to] = from[y * w + x] ?? 255
    }
  }
  return { width: h, height: w, data }
}

/** Cuts out a rectangle, clipped to the image. */
export function crop(source: Grey, left: number, top: number, width: number, height: number): Grey {
  const x = Math.max(0, Math.min(source.width - 1, Math.round(left)))
  const y = Math.max(0, Math.min(source.height - 1, Math.round(top)))
  const w = Math.max(1, Math.min(source.width - x, Math.round(width)))
  const h = Math.max(1, Math.min(source.height - y, Math.round(height)))
  const data = new Uint8Array(w * h)
  for (let row = 0; row < h; row++) {
    const from = (y + row) * source.width + x
    data.set(source.data.subarray(from, from + w), row * w)
  }
  return { width: w, height: h, data }
}

/** The image as a binary PGM file: what the reading engine and the code reader take without any encoding work. */
export function toPgm({ width, height, data }: Grey): Uint8Array {
  const header = new TextEncoder().encode(`P5\n${width} ${height}\n255\n`)
  const file = new Uint8Array(header.length + data.length)
  file.set(header)
  file.set(data, header.length)
  return file
}
