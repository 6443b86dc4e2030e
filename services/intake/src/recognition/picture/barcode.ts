import { barcodeFormats } from '@tasain/contracts'
import { prepareZXingModule, purgeZXingModule, type ReadResult, readBarcodes } from 'zxing-wasm/reader'
import { crop, type Grey, sample, shrink, toPgm } from './grey.ts'

type Point = readonly [number, number]
/** A code found on a page. `corners` run from the code's own top left clockwise; `turned`: degrees clockwise it lies. */
export type Code = {
  readonly format: (typeof barcodeFormats)[number]
  readonly text: string
  readonly corners: readonly [Point, Point, Point, Point]
  readonly turned: number
}

let program: ArrayBuffer | undefined

/**
 * Gives the code reader its program, once and before the first search: left alone it would fetch it from the network.
 */
export function prepareCodeReader(given: ArrayBuffer): void {
  program = given
  prepareZXingModule({ overrides: { wasmBinary: given } })
}

/** Drops the code reader with its memory, which keeps for good what the largest picture took. The next look starts another. */
function dropCodeReader(): void {
  purgeZXingModule()
  if (program !== undefined) prepareCodeReader(program)
}

type Part = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** Where forms carry their code, in shares of the page; and where that is when the page lies turned. */
const corner: Part = { left: 0.5, top: 0, width: 0.5, height: 0.22 }
const turnedCorners: readonly Part[] = [
  { left: 0.78, top: 0.5, width: 0.22, height: 0.5 },
  { left: 0, top: 0.78, width: 0.5, height: 0.22 },
  { left: 0, top: 0, width: 0.22, height: 0.5 },
]

/** Below this resolution thin bars are found only enlarged; from it on two-dimensional codes are found at half of it. */
const fine = 250

/**
 * Finds QR, DataMatrix, Code 128 and Code 39 on a page. The cheapest look comes first: the corner where forms have theirs,
 * then the whole page, the corners where a turned page has it, and at last a fine page in full. `enough` says when what a
 * look gave will do; where none does, every code that any of them gave is told once.
 */
export async function findCodes(
  page: Grey & { readonly dpi: number },
  enough: (codes: readonly Code[]) => boolean,
): Promise<Code[]> {
  let all: Code[] = []
  for (const look of listLooks(page)) {
    const found = await look()
    if (enough(found)) return found
    all = join(all, found)
  }
  return all
}

function listLooks(page: Grey & { readonly dpi: number }): (() => Promise<Code[]>)[] {
  const inCorner = (larger: number) => (part: Part) => () => decodePart(page, part, larger)
  const inFull = () => decode(page, (x, y) => [x, y])
  if (page.dpi < fine) return [inCorner(1)(corner), inCorner(1.5)(corner), inFull, ...turnedCorners.map(inCorner(1.5))]
  const inCoarse = () => decode(shrink(page, 2), (x, y) => [x * 2, y * 2])
  const inFullFine = () => inFull().finally(dropCodeReader)
  return [inCorner(1)(corner), inCoarse, ...turnedCorners.map(inCorner(1)), inFullFine]
}

/** Both, each code once: a later look, which is the closer one, is believed where two have read the same place. */
function join(before: readonly Code[], found: readonly Code[]): Code[] {
  return [...before.filter((code) => !found.some((other) => isSamePlace(code, other))), ...found]
}

function isSamePlace(one: Code, other: Code): boolean {
  const [[x, y], [u, v]] = [middleOf(one), middleOf(other)]
  return Math.hypot(u - x, v - y) < Math.max(sideOf(one), sideOf(other)) / 4
}

const middleOf = ({ corners: [a, b, c, d] }: Code): Point => [
  (a[0] + b[0] + c[0] + d[0]) / 4,
  (a[1] + b[1] + c[1] + d[1]) / 4,
]

/** The longer one: a bar code is read along one line, and its corners may lie on that. */
const sideOf = ({ corners: [a, b, c] }: Code) =>
  Math.max(Math.hypot(b[0] - a[0], b[1] - a[1]), Math.hypot(c[0] - b[0], c[1] - b[1]))

function decodePart(page: Grey, { left, top, width, height }: Part, larger: number): Promise<Code[]> {
  const [x0, y0] = [Math.round(page.width * left), Math.round(page.height * top)]
  const part = crop(page, x0, y0, page.width * width, page.height * height)
  const wide = [Math.round(part.width * larger), Math.round(part.height * larger)] as const
  const image = larger === 1 ? part : sample(part, [1 / larger, 0, 0, 0, 1 / larger, 0], ...wide)
  return decode(image, (x, y) => [x / larger + x0, y / larger + y0])
}

async function decode(image: Grey, place: (x: number, y: number) => Point): Promise<Code[]> {
  const results = await readBarcodes(toPgm(image), {
    formats: [...barcodeFormats],
    tryHarder: true,
    tryRotate: true,
    tryInvert: false,
    maxNumberOfSymbols: 64,
  })
  return results.flatMap((result) => toCode(result, place))
}

function toCode(result: ReadResult, place: (x: number, y: number) => Point): Code[] {
  const format = barcodeFormats.find((known) => result.format === known || result.symbology === known)
  if (!result.isValid || format === undefined) return []
  const { topLeft, topRight, bottomRight, bottomLeft } = result.position
  const at = ({ x, y }: { x: number; y: number }) => place(x, y)
  const turned = (Math.atan2(topRight.y - topLeft.y, topRight.x - topLeft.x) * 180) / Math.PI
  return [{ format, text: result.text, corners: [at(topLeft), at(topRight), at(bottomRight), at(bottomLeft)], turned }]
}
