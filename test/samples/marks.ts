import type { PDFFont, PDFPage, RGB } from 'pdf-lib'

/** Strokes of a mark over or through a letter, as shares of the type size: from its foot and its middle. */
type Stroke = readonly [x1: number, y1: number, x2: number, y2: number]

/** Marks that the standard faces lack, by their combining characters, at the height of a small letter. */
const above: Readonly<Record<string, readonly Stroke[]>> = {
  '\u0301': [[-0.05, 0.57, 0.08, 0.69]],
  '\u0303': [
    [-0.14, 0.59, -0.06, 0.65],
    [-0.06, 0.65, 0.06, 0.59],
    [0.06, 0.59, 0.14, 0.65],
  ],
  '\u0304': [[-0.14, 0.62, 0.14, 0.62]],
  '\u0307': [[-0.02, 0.64, 0.03, 0.64]],
  '\u030b': [
    [-0.12, 0.57, -0.02, 0.69],
    [0.06, 0.57, 0.16, 0.69],
  ],
  '\u030c': [
    [-0.13, 0.69, 0, 0.58],
    [0, 0.58, 0.13, 0.69],
  ],
}
const below: Readonly<Record<string, readonly Stroke[]>> = {
  '\u0327': [[0.03, -0.08, -0.04, -0.2]],
  '\u0328': [
    [0.06, 0, 0.02, -0.14],
    [0.02, -0.14, 0.12, -0.16],
  ],
}
/** Letters with a stroke through them, which do not come apart into a letter and a mark. */
const struck: Readonly<Record<string, readonly [letter: string, stroke: Stroke]>> = {
  đ: ['d', [-0.04, 0.6, 0.3, 0.6]],
  Đ: ['D', [-0.36, 0.34, 0, 0.34]],
  ŧ: ['t', [-0.16, 0.3, 0.16, 0.3]],
  ł: ['l', [-0.13, 0.28, 0.13, 0.42]],
  Ł: ['L', [-0.28, 0.26, 0.04, 0.42]],
  ŋ: ['n', [0.2, 0, 0.08, -0.16]],
  Ŋ: ['N', [0.26, 0, 0.12, -0.16]],
}
const raised = 0.17

type Marked = { readonly text: string; readonly marks: readonly { at: number; strokes: readonly Stroke[] }[] }

/** A text in letters the standard faces have, and the strokes that must be drawn to them. */
export function takeMarksOff(text: string, font: PDFFont): Marked {
  const known = new Set(font.getCharacterSet())
  const letters: string[] = []
  const marks: { at: number; strokes: readonly Stroke[] }[] = []
  for (const letter of text.normalize('NFC')) {
    const through = struck[letter]
    const [plain = letter, ...added] = known.has(letter.codePointAt(0) ?? 0) ? [letter] : letter.normalize('NFD')
    letters.push(through ? through[0] : plain)
    if (through) marks.push({ at: letters.length - 1, strokes: [through[1]] })
    const up = /\p{Lu}/u.test(plain) ? raised : 0
    for (const mark of added) {
      const strokes = above[mark]?.map(([a, b, c, d]): Stroke => [a, b + up, c, d + up]) ?? below[mark]
      if (strokes === undefined) throw new RangeError(`no strokes for the mark of ${letter}`)
      marks.push({ at: letters.length - 1, strokes })
    }
  }
  return { text: letters.join(''), marks }
}

/** Draws the strokes to a text that stands at `x`, `y`; all in points. */
export function drawMarks(
  sheet: PDFPage,
  font: PDFFont,
  { text, marks }: Marked,
  { x, y, size, color }: { x: number; y: number; size: number; color: RGB },
): void {
  for (const { at, strokes } of marks) {
    const letter = Array.from(text)[at] ?? ''
    const middle =
      x +
      font.widthOfTextAtSize(Array.from(text).slice(0, at).join(''), size) +
      font.widthOfTextAtSize(letter, size) / 2
    for (const [x1, y1, x2, y2] of strokes)
      sheet.drawLine({
        start: { x: middle + x1 * size, y: y + y1 * size },
        end: { x: middle + x2 * size, y: y + y2 * size },
        thickness: size * 0.055,
        color,
      })
  }
}
