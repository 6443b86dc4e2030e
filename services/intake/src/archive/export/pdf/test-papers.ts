import type { Box } from '@tasain/contracts'
import { PDFDocument, StandardFonts } from 'pdf-lib'
import sharp from 'sharp'
import type { Grey } from '../../../recognition/picture/grey.ts'
import { drawPdfPage, type Pdf, withPdf } from '../../../recognition/picture/pdf.ts'
import { withMemory, withPage } from '../../../recognition/picture/pdfium.ts'
import type { ReadPage } from './overlay.ts'

// Papers whose words and places are known, for tests; and what a reader of the PDF finds on it.

export type Word = { readonly text: string; readonly box: Box }
const words = 'Hakemus Mäkelä Åsa Östersund Lappeenranta 15110 20.11.2026 1•234,56 tukiasuminen ansökan'.split(' ')
const [across, down] = [420, 595]
export const dpi = 200
export const width = Math.floor((across * dpi) / 72)
export const height = Math.floor((down * dpi) / 72)

/** A page with words far apart, as a PDF of letters. */
export async function drawLetters(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create()
  const font = await pdf.embedFont(StandardFonts.Helvetica)
  const page = pdf.addPage([across, down])
  for (const { text, x, y, size } of listPlaces()) page.drawText(text.replace('•', '-'), { x, y: down - y, size, font })
  return await pdf.save({ useObjectStreams: false })
}

/** The page as a scanner sees it, and its words, as a perfect reading would place them. */
export async function drawPaper(): Promise<{ image: Grey; words: Word[] }> {
  const image = await withPdf(await drawLetters(), (open) => drawPdfPage(open, 1, dpi / 72))
  const places = listPlaces().map(({ text, x, y, size }): Word => {
    const toPixels = dpi / 72
    const region = [x - 4, y - size, 150, size * 1.3].map((part) => Math.round(part * toPixels))
    return { text, box: findInk(image, region) }
  })
  return { image, words: places }
}

function listPlaces() {
  return words.map((text, index) => ({
    text,
    x: 40 + (index % 2) * 190,
    y: 70 + Math.floor(index / 2) * 100,
    size: 13 + index,
  }))
}

function findInk({ width: wide, data }: Grey, [left = 0, top = 0, across = 0, down = 0]: readonly number[]): Box {
  const [xs, ys]: [number[], number[]] = [[], []]
  for (let y = top; y < top + down; y++)
    for (let x = left; x < left + across; x++)
      if ((data[y * wide + x] ?? 255) < 128) {
        xs.push(x)
        ys.push(y)
      }
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return [x, y, Math.max(...xs) - x + 1, Math.max(...ys) - y + 1]
}

/**
 * The paper as it went through a feeder: leaning by `skew` degrees clockwise, then turned so that `rotation` would stand
 * it upright again; with what a reading of it says.
 */
export async function scanPaper(
  rotation: ReadPage['rotation'],
  skew: number,
): Promise<{ image: Grey; read: ReadPage }> {
  const paper = await drawPaper()
  const raw = { width: paper.image.width, height: paper.image.height, channels: 1 } as const
  const leaning = await sharp(paper.image.data, { raw })
    .affine(
      [Math.cos(toRadians(skew)), -Math.sin(toRadians(skew)), Math.sin(toRadians(skew)), Math.cos(toRadians(skew))],
      { background: '#fff', interpolator: 'bicubic' },
    )
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [left, top] = [(leaning.info.width - raw.width) / 2, (leaning.info.height - raw.height) / 2].map(Math.round)
  const cut = await sharp(leaning.data, { raw: { ...leaning.info, channels: leaning.info.channels } })
    .extract({ left: left ?? 0, top: top ?? 0, width: raw.width, height: raw.height })
    .extractChannel(0)
    .raw()
    .toBuffer()
  const turned = await sharp(cut, { raw })
    .rotate((360 - rotation) % 360)
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  const image = { width: turned.info.width, height: turned.info.height, data: new Uint8Array(turned.data) }
  return { image, read: { ...raw, rotation, skew, words: paper.words } }
}

const toRadians = (degrees: number) => (degrees * Math.PI) / 180

export type FoundWord = {
  readonly text: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The words a reader of the PDF finds on a page, with their places on it as it is shown, `scale` pixels a point. */
export function listPdfWords(pdf: Pdf, page: number, scale: number): FoundWord[] {
  const { pdfium } = pdf
  const api = pdfium as typeof pdfium & {
    _FPDF_PageToDevice: (page: number, ...rest: number[]) => number
    _FPDF_GetPageWidthF: (page: number) => number
    _FPDF_GetPageHeightF: (page: number) => number
  }
  return withPage(pdf, page, (handle) => {
    const [wide, high] = [api._FPDF_GetPageWidthF(handle) * scale, api._FPDF_GetPageHeightF(handle) * scale]
    const text = api._FPDFText_LoadPage(handle)
    const found: FoundWord[] = []
    let word: { text: string; xs: number[]; ys: number[] } = { text: '', xs: [], ys: [] }
    const close = () => {
      if (word.text !== '')
        found.push({
          text: word.text,
          left: Math.min(...word.xs),
          top: Math.min(...word.ys),
          right: Math.max(...word.xs),
          bottom: Math.max(...word.ys),
        })
      word = { text: '', xs: [], ys: [] }
    }
    const count = api._FPDFText_CountChars(text)
    for (let index = 0; index < count; index++) {
      const letter = String.fromCharCode(api._FPDFText_GetUnicode(text, index))
      if (/\s/.test(letter)) {
        close()
        continue
      }
      withMemory(pdfium, 40, (at) => {
        api._FPDFText_GetCharBox(text, index, at, at + 8, at + 16, at + 24)
        const [left = 0, right = 0, bottom = 0, top = 0] = new Float64Array(pdfium.HEAPU8.buffer, at, 4)
        for (const [x, y] of [
          [left, top],
          [right, bottom],
        ] as const) {
          // Ten times as fine as pixels, since the program gives whole numbers.
          api._FPDF_PageToDevice(handle, 0, 0, Math.round(wide * 10), Math.round(high * 10), 0, x, y, at + 32, at + 36)
          word.xs.push((pdfium.HEAP32[(at + 32) / 4] ?? 0) / 10)
          word.ys.push((pdfium.HEAP32[(at + 36) / 4] ?? 0) / 10)
        }
      })
      word.text += letter
    }
    close()
    api._FPDFText_ClosePage(text)
    return found
  })
}
