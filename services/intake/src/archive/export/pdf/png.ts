import { type Piece, toEntries } from './piece.ts'

const greyKind = 0
const rgbKind = 2
const paletteKind = 3

/**
 * A PNG's compressed pixels are what PDF calls Flate with the PNG predictors, so they go in as they are. undefined for
 * a PNG that PDF cannot show so: interlaced, transparent, or of more than eight bits.
 */
export function splitPng(file: Uint8Array): Piece | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
  const pixels: Buffer[] = []
  let header: Buffer | undefined
  let palette: Buffer | undefined
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    const data = bytes.subarray(at + 8, at + 8 + length)
    if (data.length < length || type === 'tRNS') return undefined
    if (type === 'IHDR') header = data
    if (type === 'PLTE') palette = data
    if (type === 'IDAT') pixels.push(data)
    at += 12 + length
  }
  if (header === undefined || header.length < 13 || header[12] !== 0 || pixels.length === 0) return undefined
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const bits = header[8] ?? 0
  const kind = header[9] ?? -1
  const space = nameSpace(kind, palette)
  if (bits > 8 || space === undefined) return undefined
  const parameters = `/Predictor 15/Colors ${kind === rgbKind ? 3 : 1}/BitsPerComponent ${bits}/Columns ${width}`
  const entries = toEntries({ width, height, bits, space, filter: 'FlateDecode', parameters })
  return { ...entries, bytes: Buffer.concat(pixels), top: 0, height }
}

function nameSpace(kind: number, palette: Buffer | undefined): string | undefined {
  if (kind === greyKind) return 'DeviceGray'
  if (kind === rgbKind) return 'DeviceRGB'
  if (kind !== paletteKind || palette === undefined || palette.length < 3) return undefined
  const colours = Math.floor(palette.length / 3)
  return `[/Indexed/DeviceRGB ${colours - 1}<${palette.subarray(0, colours * 3).toString('hex')}>]`
}
