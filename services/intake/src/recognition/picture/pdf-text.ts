import { invert, mapPoint } from './grey.ts'
import { findPdfFrame } from './pdf.ts'
import { type Pdf, type Pdfium, withMemory, withPage } from './pdfium.ts'

type Box = readonly [x: number, y: number, width: number, height: number]
/** A word of a PDF's own text. `box`: as tight as its letters, on the page as it is shown, which is 1 × 1. */
export type PdfWord = { readonly text: string; readonly box: Box }

const mostLetters = 20_000
const invisible = 3

type Letter = { readonly text: string; readonly box: Box }

/**
 * The words a page has as visible text, in the file's order; those whose letters the file gives no meaning are left
 * out. Whether they are what is drawn there nobody has looked at.
 */
export function listPdfWords(pdf: Pdf, page: number): PdfWord[] {
  const { pdfium } = pdf
  const toShown = invert(findPdfFrame(pdf, page).toPage)
  return withPage(pdf, page, (handle) => {
    const text = pdfium._FPDFText_LoadPage(handle)
    if (text === 0) return []
    try {
      const words: Letter[][] = [[]]
      const count = Math.min(mostLetters, pdfium._FPDFText_CountChars(text))
      for (let index = 0; index < count; index++) {
        const letter = readLetter(pdfium, text, index, toShown)
        if (letter === undefined) words.push([])
        else words.at(-1)?.push(letter)
      }
      return words.flatMap(joinLetters)
    } finally {
      pdfium._FPDFText_ClosePage(text)
    }
  })
}

/** A visible letter; undefined for what stands between words. */
function readLetter(pdfium: Pdfium, text: number, index: number, toShown: Parameters<typeof mapPoint>[0]) {
  const code = pdfium._FPDFText_GetUnicode(text, index)
  const object = pdfium._FPDFText_GetTextObject(text, index)
  if (code <= 32 || code === 0xa0 || object === 0) return undefined
  if (pdfium._FPDFTextObj_GetTextRenderMode(object) === invisible) return undefined
  const edges = withMemory(pdfium, 32, (at) => {
    const isThere = pdfium._FPDFText_GetCharBox(text, index, at, at + 8, at + 16, at + 24) !== 0
    return isThere ? [...new Float64Array(pdfium.HEAPU8.buffer, at, 4)] : undefined
  })
  if (edges === undefined) return undefined
  const [left = 0, right = 0, bottom = 0, top = 0] = edges
  const [x1, y1] = mapPoint(toShown, left, top)
  const [x2, y2] = mapPoint(toShown, right, bottom)
  const box: Box = [Math.min(x1, x2), Math.min(y1, y2), Math.abs(x2 - x1), Math.abs(y2 - y1)]
  return { text: writeLetter(pdfium, text, index, code), box }
}

const unknown = '\uFFFD'
/** What pdfium gives for the hyphen at the end of a line. */
const lineHyphen = 0xfffe

function writeLetter(pdfium: Pdfium, text: number, index: number, code: number): string {
  if (code === lineHyphen) return '-'
  const isPrivate = code >= 0xe000 && code <= 0xf8ff
  if (code > 0x10ffff || isPrivate || pdfium._FPDFText_HasUnicodeMapError(text, index) !== 0) return unknown
  return String.fromCodePoint(code).normalize('NFKC')
}

function joinLetters(letters: readonly Letter[]): PdfWord[] {
  const text = letters
    .map((letter) => letter.text)
    .join('')
    .toWellFormed()
  if (letters.length === 0 || text.includes(unknown)) return []
  const [left, top] = [0, 1].map((side) => Math.min(...letters.map(({ box }) => box[side] ?? 0)))
  const right = Math.max(...letters.map(({ box }) => box[0] + box[2]))
  const foot = Math.max(...letters.map(({ box }) => box[1] + box[3]))
  if (left === undefined || top === undefined) return []
  return [{ text, box: [left, top, right - left, foot - top] }]
}
