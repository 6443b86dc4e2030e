import { deflateSync } from 'node:zlib'
import type { PdfWriter } from './writer.ts'

/** Every glyph is half as wide as the letter is high; `ascent` of the height lies above the foot of the line. */
export const glyph = { width: 500, unitsPerEm: 1000 } as const

/**
 * A font whose letters cannot be seen, as programs that read scans lay it over them: every character of Unicode's first
 * plane is shown by one glyph that covers nothing, and two bytes of a string are the character.
 * @returns the font's object number.
 */
export async function writeGlyphlessFont(pdf: PdfWriter): Promise<number> {
  const file = makeFontFile()
  const fontFile = await pdf.writeStream(`/Length1 ${file.length}/Filter/FlateDecode`, deflateSync(file))
  const descriptor = await pdf.write(
    `<</Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[0 0 ${glyph.width} 1000]/ItalicAngle 0` +
      `/Ascent 1000/Descent -1/CapHeight 1000/StemV 80/MissingWidth ${glyph.width}/FontFile2 ${fontFile} 0 R>>`,
  )
  // All characters to glyph 1: glyph 0 means that a character is missing, and none is.
  const glyphs = await pdf.writePacked(Buffer.alloc(2 * 65_536, Buffer.from([0, 1])))
  const descendant = await pdf.write(
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}` +
      '/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>' +
      `/FontDescriptor ${descriptor} 0 R/DW ${glyph.width}/CIDToGIDMap ${glyphs} 0 R>>`,
  )
  const unicode = await pdf.writePacked(Buffer.from(makeUnicodeMap()))
  return await pdf.write(
    `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H` +
      `/DescendantFonts[${descendant} 0 R]/ToUnicode ${unicode} 0 R>>`,
  )
}

const name = 'TasainGlyphless'

/** Each code means the character of the same number; a range may not go beyond its last byte (ISO 32000-1, 9.10.3). */
function makeUnicodeMap(): string {
  const ranges = Array.from({ length: 256 }, (_, high) => {
    const begin = high.toString(16).padStart(2, '0').toUpperCase()
    return `<${begin}00> <${begin}FF> <${begin}00>`
  })
  const blocks = Array.from({ length: 3 }, (_, block) => ranges.slice(block * 100, block * 100 + 100))
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
${blocks.map((block) => `${block.length} beginbfrange\n${block.join('\n')}\nendbfrange`).join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`
}

/** A TrueType font of two glyphs, the first empty, with the tables a PDF needs (ISO 32000-1, 9.9). */
function makeFontFile(): Uint8Array {
  const tables = Object.entries({
    glyf: letter,
    head: words(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, glyph.unitsPerEm, ...none(8), ...box, 0, 3, 2, 0, 0),
    hhea: words(1, 0, 1000, -1, 0, glyph.width, 0, 0, glyph.width, 1, ...none(7), 2),
    hmtx: words(glyph.width, 0, glyph.width, 0),
    loca: words(0, 0, letter.length / 2),
    maxp: words(1, 0, 2, 2, 1, ...none(11)),
  })
  const head = 12 + 16 * tables.length
  const size = head + tables.reduce((sum, [, bytes]) => sum + pad(bytes.length), 0)
  const file = Buffer.alloc(size)
  // Version 1.0, then the numbers by which a table was once searched for.
  file.set(words(1, 0, tables.length, 64, 2, tables.length * 16 - 64))
  let at = head
  for (const [index, [tag, bytes]] of tables.entries()) {
    file.set(bytes, at)
    const entry = 12 + 16 * index
    file.write(tag, entry, 'latin1')
    file.writeUInt32BE(sumWords(file.subarray(at, at + pad(bytes.length))), entry + 4)
    file.writeUInt32BE(at, entry + 8)
    file.writeUInt32BE(bytes.length, entry + 12)
    at += pad(bytes.length)
  }
  const adjustment = head + pad(letter.length) + 8
  file.writeUInt32BE((0xb1b0afba - sumWords(file)) >>> 0, adjustment)
  return file
}

const none = (count: number) => Array.from({ length: count }, () => 0)
const pad = (length: number) => Math.ceil(length / 4) * 4

function words(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, index * 2)
  return bytes
}

function sumWords(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at + 4 <= bytes.length; at += 4) sum = (sum + bytes.readUInt32BE(at)) >>> 0
  return sum
}

const box = [0, 0, glyph.width, 1000]
/** One stroke from corner to corner and back covers nothing, but whoever measures it finds the letter's whole size. */
const letter = words(1, ...box, 1, 0, 0x0101, 0, glyph.width, 0, 1000)
