import type { Upright } from '@tasain/contracts'
import type { Raster } from '../rasterise.ts'
import { type Affine, compose, type Grey, sample, turn } from './grey.ts'

/**
 * An upright page: `image`, which every box refers to, and the turned page it is levelled from. `image` is made when first
 * asked for: whoever needs but parts of the page cuts them from `turned`, through `toTurned`.
 */
export type UprightPage = Upright & { readonly image: Grey; readonly turned: Grey; readonly toTurned: Affine }

/** Turns a decoded page by quarter turns clockwise, then levels it by `skew` degrees (see `Upright` in contracts). */
export function standUp(
  raster: Raster,
  rotation: Upright['rotation'],
  skew: number,
  turned = turn(raster, rotation),
): UprightPage {
  const { width, height } = turned
  const toTurned = leanBack(width, height, skew)
  let levelled = skew === 0 ? turned : undefined
  return {
    width,
    height,
    dpi: raster.dpi,
    rotation,
    skew,
    turned,
    toTurned,
    get image() {
      levelled ??= sample(turned, toTurned, width, height)
      return levelled
    },
  }
}

/** From the levelled page to the one that leans `skew` degrees clockwise, about its centre. */
export function leanBack(width: number, height: number, skew: number): Affine {
  const radians = (skew * Math.PI) / 180
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)]
  const centre: Affine = [1, 0, -width / 2, 0, 1, -height / 2]
  return compose(compose(centre, [cos, -sin, 0, sin, cos, 0]), [1, 0, width / 2, 0, 1, height / 2])
}
