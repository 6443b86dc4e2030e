import { limits } from '../failure.ts'
import { type Affine, compose, type Grey, identity, invert, sample, shrink } from './grey.ts'
import { meanAround } from './ink.ts'
import type { UprightPage } from './upright.ts'

/** The resolution at which the engine reads best. */
const cleanDpi = 300
/** The paper's brightness is looked for in squares of so many pixels. */
const square = 8

/** A page that leans less than this many degrees is read as well as a level one. */
const level = 0.3
/** Paper of which the darkest parts are this bright, against the lightest, is bright enough everywhere. */
const evenly = 0.85

/** `dpi` is the image's own. */
type ForReading = { readonly image: Grey; readonly dpi: number; readonly toUpright: Affine }

/**
 * The page as it is read plain: at its own resolution, level if it leans much, its paper white if that is shaded.
 * `toUpright` maps the image to the upright page.
 */
export function preparePlain(upright: UprightPage): ForReading {
  const leans = Math.abs(upright.skew) >= level
  const image = leans ? upright.image : upright.turned
  return {
    image: whitenIfShaded(image),
    dpi: upright.dpi,
    toUpright: leans ? identity : invert(upright.toTurned),
  }
}

/** The page as it is read clean: level, its paper white, at `cleanDpi` unless it is near that or would grow too large. */
export function prepareClean(upright: UprightPage): ForReading {
  const wanted = cleanDpi / upright.dpi
  const most = Math.max(1, Math.sqrt(limits.readPixels / (upright.width * upright.height)))
  const isNear = Math.abs(wanted - 1) < 0.12
  const scale = isNear ? 1 : Math.min(3, wanted, most)
  const toUpright: Affine = [1 / scale, 0, 0, 0, 1 / scale, 0]
  const [width, height] = [Math.round(upright.width * scale), Math.round(upright.height * scale)]
  const toTurned = compose(toUpright, upright.toTurned)
  const image = scale === 1 ? upright.image : sample(upright.turned, toTurned, width, height)
  return { image: whitenPaper(image), dpi: isNear ? cleanDpi : upright.dpi * scale, toUpright }
}

/** As `whitenPaper`, but for an evenly lit image, which stays as it is. */
export function whitenIfShaded(image: Grey): Grey {
  const paper = findPaper(image)
  return isEven(paper) ? image : whiten(image, paper)
}

/** The image with its paper white wherever shade lay on it or print shone through. */
export function whitenPaper(image: Grey): Grey {
  return whiten(image, findPaper(image))
}

/** The brightness of the paper, one pixel a square: the lightest found near. */
function findPaper(image: Grey): Grey {
  const small = shrink(image, square)
  return { ...small, data: meanAround(lightestAround(small, 4), 4) }
}

function isEven({ data }: Grey): boolean {
  const sorted = Uint8Array.from(data).sort()
  const [dark, light] = [sorted[Math.floor(sorted.length * 0.05)] ?? 0, sorted[Math.floor(sorted.length * 0.95)] ?? 255]
  return dark > light * evenly
}

/** Divides by the brightness of the paper around. */
function whiten({ width, height, data: from }: Grey, paper: Grey): Grey {
  const data = new Uint8ClampedArray(from)
  for (let y = 0; y < height; y++) {
    const row = Math.min(paper.height - 1, Math.floor(y / square)) * paper.width
    for (let left = 0; left < width; left += square) {
      const white = paper.data[row + Math.min(paper.width - 1, left / square)] ?? 255
      // A tenth below the paper is still paper: grain and what shines through.
      const by = 280 / Math.max(60, white)
      const end = y * width + Math.min(width, left + square)
      for (let at = y * width + left; at < end; at++) data[at] = (data[at] ?? 255) * by
    }
  }
  return { width, height, data: new Uint8Array(data.buffer) }
}

/** The lightest value within `radius` pixels, along rows and then columns. */
function lightestAround(image: Grey, radius: number): Grey {
  const { width, height } = image
  const along = new Uint8Array(width * height)
  const data = new Uint8Array(width * height)
  const spread = (from: Uint8Array, to: Uint8Array, length: number, lanes: number, step: number, lane: number) => {
    for (let l = 0; l < lanes; l++) {
      for (let i = 0; i < length; i++) {
        let best = 0
        for (let k = Math.max(0, i - radius); k <= Math.min(length - 1, i + radius); k++)
          best = Math.max(best, from[l * lane + k * step] ?? 0)
        to[l * lane + i * step] = best
      }
    }
  }
  spread(image.data, along, width, height, 1, width)
  spread(along, data, height, width, width, 1)
  return { width, height, data }
}
