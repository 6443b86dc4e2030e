import { limits } from '../failure.ts'
import { type Grey, turn } from './grey.ts'
import { measureImage, objectKinds, type Pdf, readFloats, withMemory, withPage } from './pdfium.ts'

/** What a scanner put on a page: its image, turned as the page shows it. `dpi` by the page's size, right or not. */
export type ScanImage = Grey & { readonly dpi: number }

/**
 * Takes the image out of a PDF page that shows one image edge to edge and nothing else visible: the scanner's own
 * pixels, where drawing the page would resample them. undefined wherever anything about the page is unusual: then draw it.
 */
export function findScanImage(pdf: Pdf, page: number): ScanImage | undefined {
  return withScan(pdf, page, (image, place) => {
    const dpi = findResolution(pdf, image, place)
    const grey = dpi === undefined ? undefined : decode(pdf, image)
    if (grey === undefined || dpi === undefined) return undefined
    return { ...turn(place.mirrored ? mirror(grey) : grey, place.turned), dpi }
  })
}

/** The image of a scanned page as it lies in the file, and how it is shown. */
export type StoredScan = Placing & { readonly bytes: Uint8Array }

/** As `findScanImage`, but the image's own compressed bytes, whatever its resolution. */
export function findStoredScan(pdf: Pdf, page: number): StoredScan | undefined {
  return withScan(pdf, page, (_image, place, bytes) => ({ ...place, bytes }))
}

type UseScan<T> = (image: number, place: Placing, bytes: Uint8Array) => T

function withScan<T>(pdf: Pdf, page: number, work: UseScan<T>): T | undefined {
  return withPage(pdf, page, (handle) => {
    const image = findOnlyImage(pdf, handle)
    const place = image === undefined ? undefined : findPlace(pdf, handle, image)
    if (image === undefined || place === undefined) return undefined
    const bytes = readStream(pdf, image)
    return hasMask(pdf, bytes) ? undefined : work(image, place, bytes)
  })
}

const invisibleText = 3
const mostObjects = 20_000

/** The page's only visible object, if that is an image as it is. Invisible text, from an earlier reading, may lie over it. */
function findOnlyImage({ pdfium }: Pdf, page: number): number | undefined {
  const count = pdfium._FPDFPage_CountObjects(page)
  if (count > mostObjects || pdfium._FPDFPage_GetAnnotCount(page) > 0) return undefined
  let image: number | undefined
  for (let index = 0; index < count; index++) {
    const object = pdfium._FPDFPage_GetObject(page, index)
    const kind = pdfium._FPDFPageObj_GetType(object)
    if (kind === objectKinds.text && pdfium._FPDFTextObj_GetTextRenderMode(object) === invisibleText) continue
    if (kind !== objectKinds.image || image !== undefined) return undefined
    image = object
  }
  if (image === undefined || pdfium._FPDFPageObj_HasTransparency(image) !== 0) return undefined
  // Marked content may be hidden, and a clipping path may cut.
  if (pdfium._FPDFPageObj_CountMarks(image) > 0) return undefined
  return pdfium._FPDFClipPath_CountPaths(pdfium._FPDFPageObj_GetClipPath(image)) > 0 ? undefined : image
}

type Placing = {
  readonly turned: 0 | 90 | 180 | 270
  /** Whether it is shown as in a mirror: upside down, then turned. */
  readonly mirrored: boolean
  /** Of the page as it is shown, in points. */
  readonly width: number
  readonly height: number
}

/** In points: an image may stop short of the page's edge, or reach beyond it, by half a millimetre. */
const edge = 1.5

/** How the image lies on the page as that is shown; undefined when it leans or does not fill the page. */
function findPlace({ pdfium }: Pdf, page: number, image: number): Placing | undefined {
  const box = readFloats(pdfium, 4, (at) => pdfium._FPDF_GetPageBoundingBox(page, at))
  const matrix = readFloats(pdfium, 6, (at) => pdfium._FPDFPageObj_GetMatrix(image, at))
  if (box === undefined || matrix === undefined) return undefined
  const [left = 0, top = 0, right = 0, bottom = 0] = box
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = matrix
  const upright = Math.max(Math.abs(b), Math.abs(c)) < 0.1
  const lying = Math.max(Math.abs(a), Math.abs(d)) < 0.1
  if (upright === lying) return undefined
  const [x1, x2] = order(e, e + a + c)
  const [y1, y2] = order(f, f + b + d)
  const off = Math.max(...[x1 - left, x2 - right, y1 - bottom, y2 - top].map(Math.abs))
  if (!(off <= edge)) return undefined
  // Where the image's own upper edge runs: 0 to the right, 90 downwards, and so on, by the page's turn clockwise.
  const runs = upright ? (a > 0 ? 0 : 180) : b > 0 ? 270 : 90
  const pageTurn = 90 * pdfium._FPDFPage_GetRotation(page)
  const turned = ([0, 90, 180, 270] as const).find((degrees) => (runs + pageTurn) % 360 === degrees) ?? 0
  const [width, height] = [x2 - x1, y2 - y1]
  const size = pageTurn % 180 === 0 ? { width, height } : { width: height, height: width }
  return { turned, mirrored: a * d - b * c < 0, ...size }
}

const order = (one: number, other: number) => [Math.min(one, other), Math.max(one, other)] as const

/** The image's dots per inch on the page; undefined when it had better be drawn. */
function findResolution({ pdfium }: Pdf, image: number, place: Placing): number | undefined {
  const { width, height } = measureImage(pdfium, image)
  if (width * height === 0 || width * height > limits.readPixels) return undefined
  const lies = place.turned % 180 !== 0
  const across = ((lies ? height : width) * 72) / place.width
  const down = ((lies ? width : height) * 72) / place.height
  // Fax lines lie closer than their dots: drawn, such a page's letters have their right shape.
  if (!(Math.abs(across / down - 1) <= 0.01)) return undefined
  // Letters of few pixels are read better when they are drawn larger. A page may lie about its size and have enough.
  return across >= 140 || Math.min(width, height) >= 1200 ? across : undefined
}

/**
 * Whether the image has, or may have, parts that are not shown: pdfium does not tell, so its dictionary is looked at,
 * which stands in clear before its bytes in the file. What cannot be found counts as masked.
 */
function hasMask(pdf: Pdf, stream: Uint8Array): boolean {
  const dictionaries = listDictionaries(pdf.bytes, stream)
  const masked = /\/(S?Mask|OC|Alternates)\b|\/ImageMask(?!\s*false\b)|#/
  return dictionaries.length === 0 || dictionaries.some((text) => masked.test(text))
}

/** An image's bytes as they lie in the file. */
function readStream({ pdfium }: Pdf, image: number): Uint8Array {
  const length = pdfium._FPDFImageObj_GetImageDataRaw(image, 0, 0)
  return withMemory(pdfium, length, (at) => {
    pdfium._FPDFImageObj_GetImageDataRaw(image, at, length)
    return pdfium.HEAPU8.slice(at, at + length)
  })
}

/** The text before each stream of the file that holds exactly these bytes. */
function listDictionaries(file: Uint8Array, stream: Uint8Array): string[] {
  if (stream.length === 0) return []
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length)
  const found: string[] = []
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    const start = at + 6 + (bytes[at + 6] === 13 ? 2 : 1)
    if (start + stream.length > bytes.length) break
    if (bytes.compare(stream, 0, stream.length, start, start + stream.length) !== 0) continue
    const before = bytes.toString('latin1', Math.max(0, at - 4000), at)
    const begin = before.lastIndexOf(' obj')
    // One that does not begin within reach holds more than an image of a scanner needs.
    found.push(begin < 0 ? '#' : before.slice(begin))
  }
  return found
}

/** The image as pdfium decodes it, whatever its filters, colours and inversions. */
function decode({ pdfium }: Pdf, image: number): Grey | undefined {
  const bitmap = pdfium._FPDFImageObj_GetBitmap(image)
  if (bitmap === 0) return undefined
  try {
    const [width, height] = [pdfium._FPDFBitmap_GetWidth(bitmap), pdfium._FPDFBitmap_GetHeight(bitmap)]
    const stride = pdfium._FPDFBitmap_GetStride(bitmap)
    const at = pdfium._FPDFBitmap_GetBuffer(bitmap)
    const pixels = pdfium.HEAPU8.subarray(at, at + stride * height)
    // Their numbers say how many bytes a pixel has; what carries transparency is left to drawing.
    const depth = [undefined, 1, 3, 4][pdfium._FPDFBitmap_GetFormat(bitmap)]
    return depth === undefined ? undefined : { width, height, data: toGrey(pixels, width, height, stride, depth) }
  } finally {
    pdfium._FPDFBitmap_Destroy(bitmap)
  }
}

/** Weighs blue, green and red as pdfium does when it draws in grey. */
function toGrey(pixels: Uint8Array, width: number, height: number, stride: number, depth: number): Uint8Array {
  const grey = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    const row = y * stride
    if (depth === 1) grey.set(pixels.subarray(row, row + width), y * width)
    else {
      for (let x = 0, from = row, to = y * width; x < width; x++, from += depth, to++)
        grey[to] = ((pixels[from] ?? 0) * 11 + (pixels[from + 1] ?? 0) * 59 + (pixels[from + 2] ?? 0) * 30) / 100
    }
  }
  return grey
}

/** Upside down, as in a mirror that lies at its foot. */
function mirror({ width, height, data }: Grey): Grey {
  const mirrored = new Uint8Array(data.length)
  for (let y = 0; y < height; y++)
    mirrored.set(data.subarray((height - 1 - y) * width, (height - y) * width), y * width)
  return { width, height, data: mirrored }
}
