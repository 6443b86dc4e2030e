import type { Box } from '@tasain/contracts'
import { type Affine, compose, mapPoint } from '../../../recognition/picture/grey.ts'
import { leanBack } from '../../../recognition/picture/upright.ts'
import { glyph } from './glyphless.ts'
import { toReal } from './writer.ts'

/** What was read from a page, with places on the upright page of `width` × `height` pixels. */
export type ReadPage = {
  readonly width: number
  readonly height: number
  /** Quarter turns clockwise, in degrees, that stood the page upright, and the lean that was then taken out. */
  readonly rotation: 0 | 90 | 180 | 270
  readonly skew: number
  readonly words: readonly { readonly text: string; readonly box: Box }[]
}

/** From the upright page to the page as it was decoded. */
function toDecoded({ width, height, rotation, skew }: ReadPage): Affine {
  const back: Record<ReadPage['rotation'], Affine> = {
    0: [1, 0, 0, 0, 1, 0],
    90: [0, 1, 0, -1, 0, width],
    180: [-1, 0, width, 0, -1, height],
    270: [0, -1, height, 1, 0, 0],
  }
  return compose(leanBack(width, height, skew), back[rotation])
}

/** The size of the page as it was decoded, in pixels. */
export function measureDecoded({ width, height, rotation }: ReadPage): { width: number; height: number } {
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width }
}

/**
 * Invisible text that lies on the print it was read from, each word as wide and as high as its box. `toPage` leads from
 * the decoded page's pixels to the PDF page's units; `font` is the resource's name.
 */
export function drawInvisibleText(read: ReadPage, toPage: Affine, font: string): string {
  const leaning = compose(toDecoded(read), toPage)
  const level = compose(toDecoded({ ...read, skew: 0 }), toPage)
  const words = read.words.flatMap(({ text, box }) => {
    const [x, y, width, height] = box
    const letters = encodeText(text)
    if (letters === '' || !(width > 0 && height > 0)) return []
    // Programs that take text out break a word whose letters do not stand level: it leans only where it must to be hit.
    const rise = width * Math.abs(Math.sin((read.skew * Math.PI) / 180))
    const [a, b, , d, e] = rise < height / 2 ? level : leaning
    const scale = Math.sqrt(Math.abs(a * e - b * d))
    if (!(scale > 0)) return []
    const [across, down] = mapPoint(leaning, x + width / 2, y + height / 2)
    const corner = [across - (a * width - b * height) / 2, down - (d * width - e * height) / 2]
    const natural = (letters.length / 4) * (glyph.width / glyph.unitsPerEm) * height
    const size = `/${font} ${toReal(height * scale, 3)} Tf ${toReal((100 * width) / natural, 3)} Tz`
    const turn = [a, d, -b, -e].map((part) => toReal(part / scale, 5))
    return [`${size} ${[...turn, ...corner.map((part) => toReal(part, 3))].join(' ')} Tm <${letters}> Tj`]
  })
  // Mode 3: neither filled nor stroked.
  return words.length === 0 ? '' : `q BT 3 Tr\n${words.join('\n')}\nET Q\n`
}

/** Two bytes a letter, as hexadecimal digits; characters beyond the first plane take two. */
function encodeText(text: string): string {
  return Buffer.from(text.trim().normalize('NFC').toWellFormed(), 'utf16le').swap16().toString('hex')
}
