import { compose, type Grey, sample, shrink } from './grey.ts'
import { meanAround } from './ink.ts'
import type { UprightPage } from './upright.ts'

/** The paper's brightness is looked for in squares of so many pixels. */
const square = 8

/**
 * The upright page made easy to read: level, its paper white wherever shade lay on it or print shone through. At the
 * resolution asked for where the page's own is far from it, else at its own. `scale`: its pixels per pixel of the page.
 */
export function cleanPage(upright: UprightPage, dpi = upright.dpi): { readonly image: Grey; readonly scale: number } {
  const wanted = dpi / upright.dpi
  const scale = Math.abs(wanted - 1) < 0.12 ? 1 : Math.min(3, wanted)
  if (scale === 1) return { image: whitenPaper(upright.image), scale }
  const toTurned = compose([1 / scale, 0, 0, 0, 1 / scale, 0], upright.toTurned)
  const [width, height] = [Math.round(upright.width * scale), Math.round(upright.height * scale)]
  return { image: whitenPaper(sample(upright.turned, toTurned, width, height)), scale }
}

/** Divides by the brightness of the paper around, which is the lightest found near. */
function whitenPaper(image: Grey): Grey {
  const paper = meanAround(lightestAround(shrink(image, square), 4), 4)
  const across = Math.floor(image.width / square)
  const down = Math.floor(image.height / square)
  const data = new Uint8Array(image.data.length)
  for (let y = 0, at = 0; y < image.height; y++) {
    const row = Math.min(down - 1, Math.floor(y / square)) * across
    for (let x = 0; x < image.width; x++, at++) {
      const white = paper[row + Math.min(across - 1, (x / square) | 0)] ?? 255
      // A tenth below the paper is still paper: grain and what shines through.
      data[at] = Math.min(255, ((image.data[at] ?? 255) * 280) / Math.max(60, white))
    }
  }
  return { width: image.width, height: image.height, data }
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
