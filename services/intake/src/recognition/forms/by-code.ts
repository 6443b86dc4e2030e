import type { Code } from '../picture/barcode.ts'
import { type Affine, type Grey, invert, mapPoint } from '../picture/grey.ts'
import type { UprightPage } from '../picture/upright.ts'
import type { CodedForm } from './definition.ts'
import { guessByCode } from './registration.ts'

type Quarter = UprightPage['rotation']

/** How far the page must be turned clockwise for the code to stand upright. */
export function turnOf(code: Code): Quarter {
  const lies = Math.round(code.turned / 90) * 90
  return ([0, 90, 180, 270] as const).find((degrees) => (lies + degrees) % 360 === 0) ?? 0
}

/** The code with its corners on the upright page instead of the page as decoded. */
export function placeCode(code: Code, decoded: Grey, upright: UprightPage): Code {
  const toUpright = invert(upright.toTurned)
  const place = ([x, y]: readonly [number, number]) =>
    mapPoint(toUpright, ...turnPoint(decoded, upright.rotation, x, y))
  const [a, b, c, d] = code.corners
  return { ...code, corners: [place(a), place(b), place(c), place(d)] }
}

/** Where the form lies by its code alone, which stands on the upright page. */
export function guessByItsCode(form: CodedForm, { corners }: Code, dpi: number): Affine {
  const middle: [number, number] = [mean(corners.map(([x]) => x)), mean(corners.map(([, y]) => y))]
  const [first, second] = corners
  return guessByCode(form, { middle, side: Math.hypot(second[0] - first[0], second[1] - first[1]) }, dpi)
}

function turnPoint({ width, height }: Grey, rotation: Quarter, x: number, y: number): [number, number] {
  if (rotation === 0) return [x, y]
  if (rotation === 180) return [width - x, height - y]
  return rotation === 90 ? [height - y, x] : [y, width - x]
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length)
}
