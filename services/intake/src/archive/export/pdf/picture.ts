import type { FileKind } from '@tasain/contracts'
import sharp, { type Metadata } from 'sharp'
import { rethrowDamaged, statedDpi } from '../../../recognition/inspect.ts'
import { guessDpi, openImage } from '../../../recognition/rasterise.ts'
import { type Piece, toEntries } from './piece.ts'
import { splitPng } from './png.ts'
import { findTiffStrips } from './tiff.ts'
import { toReal } from './writer.ts'

/** How a stored picture is to be shown, as the tag of EXIF and TIFF says it: 1 as it is, 6 turned clockwise. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8
export type Picture = {
  /** As it is stored, in pixels, before it is turned for showing. */
  readonly width: number
  readonly height: number
  readonly orientation: Orientation
  /** Dots per inch: what the file states, else judged from A4 paper. */
  readonly dpi: number
  readonly pieces: readonly Piece[]
}

/**
 * A page of an image file as a PDF takes it: the file's own compressed bytes where PDF has the same compression (JPEG,
 * fax, PNG), else the same pixels compressed without loss. Page from 1. @throws CannotRead when damaged or too large.
 */
export async function takePicture(file: Uint8Array, kind: Exclude<FileKind, 'pdf'>, page: number): Promise<Picture> {
  const stored = await openImage(file, page).metadata().catch(rethrowDamaged)
  const own = takeOwn(file, kind, page, stored)
  if (own !== undefined) return describe(stored, asOrientation(stored.orientation), own)
  const pixels = await openImage(file, page)
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace(stored.space === 'b-w' || stored.space === 'grey16' ? 'b-w' : 'srgb')
    .png({ compressionLevel: 9, adaptiveFiltering: true })
    .toBuffer()
    .catch(rethrowDamaged)
  const shown = await sharp(pixels).metadata()
  const piece = splitPng(pixels)
  if (piece === undefined) throw new Error('a picture made for a PDF is none')
  return describe({ ...shown, density: stored.density }, 1, [piece])
}

function takeOwn(file: Uint8Array, kind: FileKind, page: number, stored: Metadata): readonly Piece[] | undefined {
  if (kind === 'jpeg') return takeJpeg(file, stored)
  if (kind === 'png') {
    const piece = splitPng(file)
    return piece && [piece]
  }
  return findTiffStrips(file, page)
}

function takeJpeg(bytes: Uint8Array, { width, height, channels, depth }: Metadata): Piece[] | undefined {
  // Four colours need a profile of the press that printed them, which a scan does not have.
  if (depth !== 'uchar' || (channels !== 1 && channels !== 3)) return undefined
  const space = channels === 1 ? 'DeviceGray' : 'DeviceRGB'
  return [{ ...toEntries({ width, height, bits: 8, space, filter: 'DCTDecode' }), bytes, top: 0, height }]
}

function describe(size: Metadata, orientation: Orientation, pieces: readonly Piece[]): Picture {
  const { width, height, density } = size
  return { width, height, orientation, dpi: statedDpi(density) || guessDpi(width, height), pieces }
}

function asOrientation(tag: number | undefined): Orientation {
  return ([1, 2, 3, 4, 5, 6, 7, 8] as const).find((known) => known === tag) ?? 1
}

/** How a picture is to be shown that is first mirrored upside down, if it is, and then turned clockwise. */
export function orientationOf(turned: 0 | 90 | 180 | 270, mirrored: boolean): Orientation {
  const plain = { 0: 1, 90: 6, 180: 3, 270: 8 } as const
  const turnedOver = { 0: 4, 90: 5, 180: 2, 270: 7 } as const
  return (mirrored ? turnedOver : plain)[turned]
}

/** The stored picture as a square of 1 × 1, its foot at 0: where its right corner, its upper one and its foot go. */
const maps: Readonly<Record<Orientation, readonly [number, number, number, number, number, number]>> = {
  1: [1, 0, 0, 1, 0, 0],
  2: [-1, 0, 0, 1, 1, 0],
  3: [-1, 0, 0, -1, 1, 1],
  4: [1, 0, 0, -1, 0, 1],
  5: [0, -1, -1, 0, 1, 1],
  6: [0, -1, 1, 0, 0, 1],
  7: [0, 1, 1, 0, 0, 0],
  8: [0, 1, -1, 0, 1, 0],
}

type Placing = {
  readonly orientation: Orientation
  readonly height: number
  readonly pieces: readonly Pick<Piece, 'top' | 'height'>[]
}

/** Content that fills a page of this size, in points, with a picture whose pieces are the images Im0, Im1 and so on. */
export function placePicture(picture: Placing, width: number, height: number): string {
  const [a, b, c, d, e, f] = maps[picture.orientation]
  const whole = [a * width, b * height, c * width, d * height, e * width, f * height].map((part) => toReal(part))
  const pieces = picture.pieces.map((piece, index) => {
    const [share, foot] = [piece.height / picture.height, 1 - (piece.top + piece.height) / picture.height]
    return `q 1 0 0 ${toReal(share, 7)} 0 ${toReal(foot, 7)} cm /Im${index} Do Q`
  })
  return `q ${whole.join(' ')} cm\n${pieces.join('\n')}\nQ\n`
}
