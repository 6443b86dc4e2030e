import { barcodeFormats } from '@tasain/contracts'
import { prepareZXingModule, type ReadResult, readBarcodes } from 'zxing-wasm/reader'
import { crop, type Grey, sample, toPgm } from './grey.ts'

type Point = readonly [number, number]
/** A code found on a page. `corners` run from the code's own top left clockwise; `turned`: degrees clockwise it lies. */
export type Code = {
  readonly format: (typeof barcodeFormats)[number]
  readonly text: string
  readonly corners: readonly [Point, Point, Point, Point]
  readonly turned: number
}

/**
 * Gives the code reader its program, once and before the first search: left alone it would fetch it from the network.
 */
export function prepareCodeReader(program: ArrayBuffer): void {
  prepareZXingModule({ overrides: { wasmBinary: program } })
}

/** Where forms carry their code: tried first, at a tenth of the whole page's cost. */
const corner = { left: 0.5, top: 0, width: 0.5, height: 0.22 }

/**
 * Finds QR, DataMatrix, Code 128 and Code 39 on a page: first in the corner where forms have theirs, then on the whole
 * page, then, at low resolution, on the page enlarged by half for thin bars. `enough` says when what the corner gave will do.
 */
export async function findCodes(page: Grey, enough: (codes: readonly Code[]) => boolean): Promise<Code[]> {
  const [left, top] = [Math.round(page.width * corner.left), Math.round(page.height * corner.top)]
  const part = crop(page, left, top, page.width * corner.width, page.height * corner.height)
  const inCorner = await decode(part, (x, y) => [x + left, y + top])
  if (enough(inCorner)) return inCorner
  const onPage = await decode(page, (x, y) => [x, y])
  if (onPage.length > 0) return onPage
  if (page.width * page.height > 5_000_000) return []
  const larger = 1.5
  const enlarged = sample(
    page,
    [1 / larger, 0, 0, 0, 1 / larger, 0],
    Math.round(page.width * larger),
    Math.round(page.height * larger),
  )
  return decode(enlarged, (x, y) => [x / larger, y / larger])
}

async function decode(image: Grey, place: (x: number, y: number) => Point): Promise<Code[]> {
  const results = await readBarcodes(toPgm(image), {
    formats: [...barcodeFormats],
    tryHarder: true,
    tryRotate: true,
    tryInvert: false,
    maxNumberOfSymbols: 16,
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
