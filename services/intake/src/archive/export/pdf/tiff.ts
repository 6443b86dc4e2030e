import { type Piece, toEntries } from './piece.ts'

/** Tags of a TIFF directory, by their names in TIFF 6.0. */
const tags = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  offsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  lengths: 279,
  planes: 284,
  faxOptions: 292,
  jpegTables: 347,
} as const
type Directory = ReadonlyMap<number, readonly number[]>
type Strip = { readonly bytes: Buffer; readonly top: number; readonly height: number }

const compressions = { huffman: 2, fax3: 3, fax4: 4, jpeg: 7 } as const
const photometrics = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, yCbCr: 6 } as const

/**
 * The strips of a TIFF's page (from 1) that PDF can show as they are compressed: fax of groups 3 and 4, and JPEG.
 * undefined for any other, and for what is not to be understood.
 */
export function findTiffStrips(file: Uint8Array, page: number): Piece[] | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
  try {
    const directory = findDirectory(bytes, page)
    const strips = directory && listStrips(bytes, directory)
    if (directory === undefined || strips === undefined) return undefined
    const get = (tag: keyof typeof tags, otherwise = 0) => directory.get(tags[tag])?.[0] ?? otherwise
    const isGrey = get('samples', 1) === 1
    if (get('compression') === compressions.jpeg && get('bits') === 8)
      return toJpegPieces(strips, directory, isGrey ? 1 : get('samples'))
    return isGrey && get('bits', 1) === 1 ? toFaxPieces(strips, directory) : undefined
  } catch (error) {
    // A place that the file names and does not have.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function toFaxPieces(strips: readonly Strip[], directory: Directory): Piece[] | undefined {
  const get = (tag: keyof typeof tags, otherwise = 0) => directory.get(tags[tag])?.[0] ?? otherwise
  const [width, photometric, options] = [get('width'), get('photometric'), get('faxOptions')]
  const coding = nameFaxCoding(get('compression'), options)
  if (coding === undefined || photometric > photometrics.blackIsZero) return undefined
  return strips.map(({ bytes, top, height }) => {
    const inverted = photometric === photometrics.blackIsZero ? '/BlackIs1 true' : ''
    const parameters = `${coding}/Columns ${width}/Rows ${height}${inverted}`
    const entries = toEntries({ width, height, bits: 1, space: 'DeviceGray', filter: 'CCITTFaxDecode', parameters })
    return { ...entries, bytes: get('fillOrder', 1) === 2 ? reverseBits(bytes) : bytes, top, height }
  })
}

function nameFaxCoding(compression: number, options: number): string | undefined {
  if (compression === compressions.fax4) return '/K -1'
  if (compression === compressions.fax3) return options & 1 ? '/K 4/EndOfLine true' : '/K 0/EndOfLine true'
  return compression === compressions.huffman ? '/K 0/EncodedByteAlign true/EndOfBlock false' : undefined
}

function toJpegPieces(strips: readonly Strip[], directory: Directory, samples: number): Piece[] | undefined {
  const photometric = directory.get(tags.photometric)?.[0]
  if (samples !== 1 && samples !== 3) return undefined
  const isKnown = photometric === photometrics.yCbCr || photometric === photometrics.rgb
  if (samples === 3 ? !isKnown : photometric !== photometrics.blackIsZero) return undefined
  const tables = Buffer.from(directory.get(tags.jpegTables) ?? [])
  const width = directory.get(tags.width)?.[0] ?? 0
  const parameters = samples === 3 ? `/ColorTransform ${photometric === photometrics.rgb ? 0 : 1}` : ''
  const space = samples === 3 ? 'DeviceRGB' : 'DeviceGray'
  return strips.map(({ bytes, top, height }) => {
    // The tables that strips share are a JPEG without a picture: its middle belongs behind each strip's beginning.
    const whole = Buffer.concat([bytes.subarray(0, 2), tables.subarray(2, -2), bytes.subarray(2)])
    return {
      ...toEntries({ width, height, bits: 8, space, filter: 'DCTDecode', parameters }),
      bytes: whole,
      top,
      height,
    }
  })
}

function listStrips(bytes: Buffer, directory: Directory): Strip[] | undefined {
  const height = directory.get(tags.height)?.[0] ?? 0
  const [offsets, lengths] = [directory.get(tags.offsets) ?? [], directory.get(tags.lengths) ?? []]
  const rows = Math.min(height, directory.get(tags.rowsPerStrip)?.[0] ?? height)
  const isWhole = offsets.length > 0 && offsets.length === lengths.length && offsets.length === Math.ceil(height / rows)
  if (!isWhole || (directory.get(tags.planes)?.[0] ?? 1) !== 1) return undefined
  return offsets.map((offset, index) => {
    const strip = bytes.subarray(offset, offset + (lengths[index] ?? 0))
    if (strip.length === 0 || strip.length !== lengths[index]) throw new RangeError('a strip is cut')
    return { bytes: strip, top: index * rows, height: Math.min(rows, height - index * rows) }
  })
}

/** How many bytes a value of each kind has: of bytes, letters, short and long whole numbers. */
const sizes: Readonly<Record<number, 1 | 2 | 4>> = { 1: 1, 2: 1, 3: 2, 4: 4, 7: 1 }
const known: ReadonlySet<number> = new Set(Object.values(tags))

function findDirectory(bytes: Buffer, page: number): Directory | undefined {
  const order = bytes.toString('latin1', 0, 4)
  if (order !== 'II*\0' && order !== 'MM\0*') return undefined
  const read = (at: number, size: 1 | 2 | 4) =>
    order === 'II*\0' ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size)
  let at = read(4, 4)
  for (let number = 1; number < page; number++) {
    if (at === 0) return undefined
    at = read(at + 2 + 12 * read(at, 2), 4)
  }
  return at === 0 ? undefined : readDirectory(read, at)
}

function readDirectory(read: (at: number, size: 1 | 2 | 4) => number, at: number): Directory {
  const found = new Map<number, number[]>()
  for (let index = 0; index < read(at, 2); index++) {
    const entry = at + 2 + 12 * index
    const [tag, size, count] = [read(entry, 2), sizes[read(entry + 2, 2)], read(entry + 4, 4)]
    if (!known.has(tag) || found.has(tag) || size === undefined || count > 65_536) continue
    const from = size * count <= 4 ? entry + 8 : read(entry + 8, 4)
    found.set(
      tag,
      Array.from({ length: count }, (_, value) => read(from + value * size, size)),
    )
  }
  return found
}

function reverseBits(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => turned[byte] ?? 0)
}
const turned = Uint8Array.from({ length: 256 }, (_, byte) => {
  let back = 0
  for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) back |= 128 >> bit
  return back
})
