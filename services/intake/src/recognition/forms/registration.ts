import { type Affine, compose, type Grey, identity, mapPoint } from '../picture/grey.ts'
import type { UprightPage } from '../picture/upright.ts'
import type { CodedForm, FormDefinition } from './definition.ts'

/** How a form lies on an upright page. */
export type Registration = {
  /** From the form at 300 dpi to the upright page. */
  readonly map: Affine
  /** The share of the form's lines found where they belong. */
  readonly share: number
}

/** A printed line's piece: where it lies on the form, and which way its distance is measured. */
type Piece = { readonly x: number; readonly y: number; readonly across: boolean; readonly reach: number }
type Found = Piece & { readonly off: number }

const pieceLength = 260
/** Below this share of lines, or above this root mean square of their distances, the form is not where we think. */
const leastShare = 0.7
const worstResidual = 2.5

/**
 * Lays a form over an upright page: from a first guess, each printed line is looked for nearby, and the map is fitted to
 * those found, twice with an ever smaller reach. undefined when too few lines are where they belong: another form, another
 * print of it, or a text that pushed the lines apart.
 */
export function registerForm(upright: UprightPage, form: FormDefinition, guess: Affine): Registration | undefined {
  const pieces = form.anchors.flatMap(cutAnchor)
  let map = guess
  let found: Found[] = []
  for (const reach of [36, 14, 8]) {
    found = findPieces(upright, pieces, map, reach)
    if (found.length < pieces.length * 0.5) return undefined
    const fitted = fitMap(found)
    if (fitted === undefined) return undefined
    map = compose(fitted.map, map)
    found = fitted.kept
  }
  const last = findPieces(upright, pieces, map, 8).filter(({ off }) => Math.abs(off) < 4)
  const residual = Math.sqrt(last.reduce((sum, { off }) => sum + off * off, 0) / Math.max(1, last.length))
  const share = last.length / pieces.length
  return share >= leastShare && residual <= worstResidual ? { map, share } : undefined
}

function cutAnchor([x1, y1, x2, y2]: readonly [number, number, number, number]): Piece[] {
  const across = Math.abs(x2 - x1) > Math.abs(y2 - y1)
  const length = Math.hypot(x2 - x1, y2 - y1)
  const count = Math.max(1, Math.round(length / pieceLength))
  return Array.from({ length: count }, (_, index) => {
    const at = (index + 0.5) / count
    return { x: x1 + (x2 - x1) * at, y: y1 + (y2 - y1) * at, across, reach: length / count / 2 - 4 }
  })
}

function findPieces({ turned, toTurned }: UprightPage, pieces: readonly Piece[], map: Affine, reach: number): Found[] {
  const toPage = compose(map, toTurned)
  return pieces.flatMap((piece) => {
    const off = findLine(turned, piece, toPage, reach)
    return off === undefined ? [] : [{ ...piece, off }]
  })
}

/** How far (pixels at 300 dpi) a dark line runs beside where the piece should be. */
function findLine(page: Grey, piece: Piece, map: Affine, reach: number): number | undefined {
  const { data, width } = page
  const profile: number[] = []
  // One step along the line and one beside it, in pixels of the page.
  const [x0, y0] = mapPoint(map, piece.x, piece.y)
  const [a, b, , d, e] = map
  const [alongX, alongY, offX, offY] = piece.across ? [a, d, b, e] : [b, e, a, d]
  // The widest search is only to come near.
  const step = reach > 20 ? 6 : 3
  for (let off = -reach - 3; off <= reach + 3; off++) {
    let sum = 0
    let count = 0
    for (let along = -piece.reach; along <= piece.reach; along += step) {
      const x = Math.round(x0 + along * alongX + off * offX)
      const y = Math.round(y0 + along * alongY + off * offY)
      sum += data[y * width + x] ?? 255
      count++
    }
    profile.push(sum / count)
  }
  const level = [...profile].sort((a, b) => a - b)[Math.floor(profile.length * 0.6)] ?? 255
  const best = findDeepest(profile)
  const depth = level - (profile[best] ?? 255)
  if (depth < 20) return undefined
  return centroid(profile, best, level) - reach - 3
}

/** Where the profile dips deepest between brighter sides: a dark edge of the page, bright on one side only, is no line. */
function findDeepest(profile: readonly number[]): number {
  const brightestAfter = [...profile]
  for (let i = profile.length - 2; i >= 0; i--)
    brightestAfter[i] = Math.max(brightestAfter[i] ?? 0, brightestAfter[i + 1] ?? 0)
  let [best, deepest, brightestBefore] = [-1, 0, 0]
  for (let i = 0; i < profile.length; i++) {
    const here = profile[i] ?? 255
    brightestBefore = Math.max(brightestBefore, here)
    const depth = Math.min(brightestBefore, brightestAfter[i] ?? 255) - here
    if (i >= 2 && i < profile.length - 2 && depth > deepest) [best, deepest] = [i, depth]
  }
  return best
}

function centroid(profile: readonly number[], at: number, level: number): number {
  let [weight, moment] = [0, 0]
  for (let i = at - 3; i <= at + 3; i++) {
    const depth = Math.max(0, level - (profile[i] ?? level))
    weight += depth
    moment += depth * i
  }
  return weight > 0 ? moment / weight : at
}

/**
 * Fits x' = x + p + q x + r y and y' = y + s + t x + u y to the measured distances, leaving out those far from the
 * others' verdict.
 */
function fitMap(found: readonly Found[]): { map: Affine; kept: Found[] } | undefined {
  let kept = [...found]
  let map: Affine = identity
  for (let round = 0; round < 4; round++) {
    const across = solve(kept.filter((piece) => piece.across))
    const down = solve(kept.filter((piece) => !piece.across))
    if (across === undefined || down === undefined) return undefined
    map = [1 + down[1], down[2], down[0], across[1], 1 + across[2], across[0]]
    const misses = kept.map((piece) => Math.abs(missOf(piece, across, down)))
    const middle = [...misses].sort((a, b) => a - b)[Math.floor(misses.length / 2)] ?? 0
    const most = Math.max(1.5, middle * 3)
    const next = kept.filter((_, index) => (misses[index] ?? 0) <= most)
    if (next.length === kept.length) break
    kept = next
  }
  return { map, kept }
}

type Plane = readonly [number, number, number]

function missOf(piece: Found, across: Plane, down: Plane): number {
  const [c, x, y] = piece.across ? across : down
  return piece.off - (c + x * piece.x + y * piece.y)
}

/** Least squares of off = c + p x + q y. */
function solve(pieces: readonly Found[]): Plane | undefined {
  if (pieces.length < 4) return undefined
  const rows = [0, 0, 0].map(() => [0, 0, 0, 0])
  for (const { x, y, off } of pieces) {
    const terms = [1, x / 1000, y / 1000]
    terms.forEach((one, i) => {
      const row = rows[i] ?? []
      terms.forEach((other, j) => {
        row[j] = (row[j] ?? 0) + one * other
      })
      row[3] = (row[3] ?? 0) + one * off
    })
  }
  // A breath of ridge: lines all in one row or column must not turn the page.
  for (const i of [1, 2]) (rows[i] ?? [])[i] = (rows[i]?.[i] ?? 0) + 0.05
  const solved = eliminate(rows)
  return solved && [solved[0] ?? 0, (solved[1] ?? 0) / 1000, (solved[2] ?? 0) / 1000]
}

function eliminate(rows: number[][]): number[] | undefined {
  for (let i = 0; i < 3; i++) {
    const pivot = rows[i] ?? []
    const by = pivot[i] ?? 0
    if (Math.abs(by) < 1e-9) return undefined
    for (let k = 0; k < 3; k++) {
      const row = rows[k] ?? []
      if (k === i) continue
      const factor = (row[i] ?? 0) / by
      for (let j = i; j < 4; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0)
    }
  }
  return rows.map((row, i) => (row[3] ?? 0) / (row[i] ?? 1))
}

/**
 * A first guess of how a form lies: its code's middle on the code found, at the page's resolution, or at the one the
 * code's size tells when the file's is only a guess or disagrees.
 */
export function guessByCode(
  form: CodedForm,
  code: { readonly middle: readonly [number, number]; readonly side: number | undefined },
  dpi: number,
): Affine {
  const [x, y, width, height] = form.barcode.box
  const told = dpi / 300
  const seen = code.side === undefined ? told : code.side / Math.max(width, height)
  const scale = Math.abs(seen / told - 1) > 0.08 ? seen : told
  return [scale, 0, code.middle[0] - scale * (x + width / 2), 0, scale, code.middle[1] - scale * (y + height / 2)]
}
