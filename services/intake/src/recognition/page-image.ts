import type { FileKind, Upright } from '@tasain/contracts'
import sharp, { type Sharp } from 'sharp'
import { rethrowDamaged } from './inspect.ts'
import { drawPdfColours, measurePdfPage, withPdf } from './picture/pdf.ts'
import { openImage } from './rasterise.ts'

export type PageImageRequest = {
  readonly kind: FileKind
  /** From 1. */
  readonly page: number
  readonly rotation: Upright['rotation']
  readonly skew: number
  readonly width: keyof typeof widths
}

/** Pixels across: `page` is what 200 dots per inch of A4 give. */
const widths = { thumbnail: 240, page: 1654 } as const

/**
 * Draws the upright view of a page as WebP: turned and levelled as its reading says, so that a reading's boxes lie on it
 * once scaled by image width ÷ reading width. Run it in a child process. @throws CannotRead
 */
export async function renderPageImage(file: Uint8Array, request: PageImageRequest): Promise<Uint8Array> {
  const { kind, page, rotation, skew } = request
  const width = widths[request.width]
  const lies = rotation === 90 || rotation === 270
  const source = kind === 'pdf' ? await drawPdf(file, page, width, lies) : await orient(file, page)
  // Each step is a pipeline of its own: within one, the library would reorder turning, levelling and scaling.
  const turned = await toRaw(sharp(source.data, { raw: source.raw }).rotate(rotation))
  const height = Math.max(1, Math.round((turned.raw.height * width) / turned.raw.width))
  const scaled = await toRaw(sharp(turned.data, { raw: turned.raw }).resize({ width, height, fit: 'fill' }))
  const level = skew === 0 ? scaled : await levelPage(scaled, skew)
  const bytes = await sharp(level.data, { raw: level.raw })
    .webp({ quality: request.width === 'thumbnail' ? 60 : 75, effort: 2 })
    .toBuffer()
  return new Uint8Array(bytes)
}

type Raw = { readonly data: Uint8Array; readonly raw: { width: number; height: number; channels: 1 | 2 | 3 | 4 } }

async function orient(file: Uint8Array, page: number): Promise<Raw> {
  return toRaw(openImage(file, page).autoOrient().flatten({ background: '#ffffff' })).catch(rethrowDamaged)
}

function drawPdf(file: Uint8Array, page: number, width: number, lies: boolean): Promise<Raw> {
  return withPdf<Raw>(file, (pdf) => {
    const size = measurePdfPage(pdf, page)
    const scale = Math.min(size.scale, width / (lies ? size.height : size.width))
    const drawn = drawPdfColours(pdf, page, Math.max(scale, 1 / Math.min(size.width, size.height)))
    return { data: drawn.data, raw: { width: drawn.width, height: drawn.height, channels: 4 } }
  })
}

async function levelPage({ data, raw }: Raw, skew: number): Promise<Raw> {
  const turned = await toRaw(sharp(data, { raw }).rotate(-skew, { background: '#ffffff' }))
  const left = Math.max(0, Math.round((turned.raw.width - raw.width) / 2))
  const top = Math.max(0, Math.round((turned.raw.height - raw.height) / 2))
  return toRaw(sharp(turned.data, { raw: turned.raw }).extract({ left, top, width: raw.width, height: raw.height }))
}

async function toRaw(image: Sharp): Promise<Raw> {
  const { data, info } = await image
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length)
  return {
    data: bytes,
    raw: { width: info.width, height: info.height, channels: info.channels },
  }
}
