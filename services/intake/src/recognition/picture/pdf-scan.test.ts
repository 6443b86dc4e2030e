import { PDFDocument, PDFName, PDFNumber, type PDFPage, type PDFRawStream } from 'pdf-lib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { Grey } from './grey.ts'
import { drawPdfPage, withPdf } from './pdf.ts'
import { findScanImage } from './pdf-scan.ts'

const [width, height] = [1240, 1754]
const [across, down] = [(width * 72) / 150, (height * 72) / 150]

/** A page nothing of which looks like any other part of it: blocks of ink, denser to the right and to the foot. */
function drawPaper(): Grey {
  const data = new Uint8Array(width * height).fill(255)
  for (let y = 40; y < height - 40; y++) {
    for (let x = 40; x < width - 40; x++)
      if (x % 60 < (x * 40) / width && y % 50 < (y * 45) / height) data[y * width + x] = 0
  }
  return { width, height, data }
}
const paper = sharp(drawPaper().data, { raw: { width, height, channels: 1 } })
const jpeg = await paper.clone().toColourspace('b-w').jpeg({ quality: 90 }).toBuffer()
const bits = await paper.clone().toColourspace('b-w').png({ palette: false }).toBuffer()

type Dictionary = Parameters<PDFDocument['context']['stream']>[1]
type Shown = { matrix?: readonly number[]; before?: string; after?: string }

/** A page that shows one image by this matrix, in points. */
async function makePdf(bytes: Uint8Array, dictionary: Dictionary, shown: Shown = {}, change?: (page: PDFPage) => void) {
  const pdf = await PDFDocument.create()
  const page = pdf.addPage([across, down])
  const image = pdf.context.register(
    pdf.context.stream(bytes, {
      Type: 'XObject',
      Subtype: 'Image',
      Width: width,
      Height: height,
      BitsPerComponent: 8,
      ColorSpace: 'DeviceGray',
      Filter: 'DCTDecode',
      ...dictionary,
    }),
  )
  page.node.setXObject(PDFName.of('Im0'), image)
  const matrix = (shown.matrix ?? [across, 0, 0, down, 0, 0]).join(' ')
  const content = `q ${shown.before ?? ''} ${matrix} cm /Im0 Do Q ${shown.after ?? ''}`
  page.node.set(PDFName.of('Contents'), pdf.context.register(pdf.context.stream(content)))
  change?.(page)
  return await pdf.save({ useObjectStreams: false })
}

/** The mean difference between the image as it was taken out and the page as it is drawn; 0 to 255. */
async function compare(
  pdf: Uint8Array,
): Promise<{ width: number; height: number; dpi: number; difference: number } | 'drawn'> {
  const [taken, drawn] = await withPdf(pdf, (open) => [findScanImage(open, 1), drawPdfPage(open, 1, 1)] as const)
  if (taken === undefined) return 'drawn'
  const small = await sharp(taken.data, { raw: { width: taken.width, height: taken.height, channels: 1 } })
    .resize(drawn.width, drawn.height, { fit: 'fill' })
    .extractChannel(0)
    .raw()
    .toBuffer()
  const sum = drawn.data.reduce((all, value, index) => all + Math.abs(value - (small[index] ?? 0)), 0)
  return { width: taken.width, height: taken.height, dpi: Math.round(taken.dpi), difference: sum / drawn.data.length }
}

const upright = { width, height, dpi: 150 }
const lying = { width: height, height: width, dpi: 150 }
const asLying = (page: PDFPage) => page.setSize(down, across)

test.each<[string, Shown, number, object]>([
  ['as it is', {}, 0, upright],
  ['upside down', { matrix: [-across, 0, 0, -down, across, down] }, 0, upright],
  ['turned clockwise', { matrix: [0, -across, down, 0, 0, across] }, 0, lying],
  ['turned anticlockwise', { matrix: [0, across, -down, 0, down, 0] }, 0, lying],
  ['as in a mirror', { matrix: [-across, 0, 0, down, across, 0] }, 0, upright],
  ['as in a mirror that lies', { matrix: [across, 0, 0, -down, 0, down] }, 0, upright],
  ['mirrored and turned', { matrix: [0, across, down, 0, 0, 0] }, 0, lying],
  ['on a page turned by 90', {}, 90, lying],
  ['on a page turned by 180', {}, 180, upright],
  ['turned on a page turned by 270', { matrix: [0, -across, down, 0, 0, across] }, 270, upright],
  ['mirrored on a page turned by 90', { matrix: [-across, 0, 0, down, across, 0] }, 90, lying],
])('a scanned page gives its own pixels as the page shows them: %s', async (_, shown, rotation, size) => {
  const isLying = shown.matrix?.[0] === 0
  const pdf = await makePdf(jpeg, {}, shown, (page) => {
    if (isLying) asLying(page)
    page.node.set(PDFName.of('Rotate'), PDFNumber.of(rotation))
  })
  expect(await compare(pdf)).toMatchObject({ ...size, difference: expect.toSatisfy((mean: number) => mean < 4) })
})

/** Group 4 in one piece: a tile as large as the page, whose sides must be whole sixteens. */
async function encodeG4(): Promise<{ bytes: Uint8Array; columns: number; rows: number }> {
  const [columns, rows] = [Math.ceil(width / 16) * 16, Math.ceil(height / 16) * 16]
  const tile = { tile: true, tileWidth: columns, tileHeight: rows }
  const tiff = await sharp(bits)
    .threshold(128)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, ...tile })
    .toBuffer()
  const directory = tiff.readUInt32LE(4)
  const tags = new Map<number, number>()
  for (let index = 0; index < tiff.readUInt16LE(directory); index++) {
    const at = directory + 2 + index * 12
    const value = tiff.readUInt16LE(at + 2) === 3 ? tiff.readUInt16LE(at + 8) : tiff.readUInt32LE(at + 8)
    tags.set(tiff.readUInt16LE(at), value)
  }
  const [offset = 0, length = 0] = [tags.get(324), tags.get(325)]
  return { bytes: tiff.subarray(offset, offset + length), columns, rows }
}

test.each([
  ['ink is 1', { BlackIs1: true }, {}],
  ['ink is 0 and the colours are turned round', { BlackIs1: false }, { Decode: [1, 0] }],
])('a fax page comes out black on white where %s', async (_, parameters, dictionary) => {
  const { bytes, columns, rows } = await encodeG4()
  const pdf = await makePdf(bytes, {
    Width: columns,
    Height: rows,
    BitsPerComponent: 1,
    Filter: 'CCITTFaxDecode',
    DecodeParms: { K: -1, Columns: columns, Rows: rows, ...parameters },
    ...dictionary,
  })
  const taken = await withPdf(pdf, (open) => findScanImage(open, 1))
  expect(taken).toMatchObject({ width: columns, height: rows })
  expect(taken?.data[0]).toBe(255)
  expect(await compare(pdf)).toMatchObject({ difference: expect.toSatisfy((mean: number) => mean < 4) })
})

test('the pixels of a lossless scan come out one by one', async () => {
  const { data } = drawPaper()
  const pdf = await makePdf(data, { Filter: undefined })
  const flat = await PDFDocument.load(await makePdf(jpeg, {}))
  const packed = flat.context.flateStream(data)
  expect(await withPdf(pdf, (open) => findScanImage(open, 1))).toMatchObject({ data })
  expect(
    await withPdf(await makePdf(packed.contents, { Filter: 'FlateDecode' }), (open) => findScanImage(open, 1)),
  ).toMatchObject({ data })
  const inverted = await withPdf(await makePdf(data, { Filter: undefined, Decode: [1, 0] }), (open) =>
    findScanImage(open, 1),
  )
  expect(inverted?.data[0]).toBe(0)
})

test('invisible text over a scan does not keep it from being one', async () => {
  expect(await compare(await makePdf(jpeg, {}, { after: 'BT /F1 12 Tf 3 Tr 40 40 Td (hidden) Tj ET' }))).not.toBe(
    'drawn',
  )
})

const mask = (page: PDFPage): PDFRawStream =>
  page.doc.context.stream(new Uint8Array(width * height).fill(128), {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    BitsPerComponent: 8,
    ColorSpace: 'DeviceGray',
  })
const addMask = (page: PDFPage) => {
  const { context } = page.doc
  const image = page.node
    .Resources()
    ?.lookup(PDFName.of('XObject'))
    ?.toString()
    .match(/(\d+) 0 R/)
  const found = context.enumerateIndirectObjects().find(([ref]) => ref.objectNumber === Number(image?.[1]))?.[1]
  if (!(found && 'dict' in found)) throw new Error('the image is missing')
  ;(found as PDFRawStream).dict.set(PDFName.of('SMask'), context.register(mask(page)))
}

test.each<[string, Dictionary, Shown, ((page: PDFPage) => void)?]>([
  ['a margin', {}, { matrix: [across - 20, 0, 0, down - 28, 10, 14] }],
  ['a lean', {}, { matrix: [across, 12, -17, down, 0, 0] }],
  ['something drawn over it', {}, { after: '0 0 50 50 re f' }],
  ['visible text over it', {}, { after: 'BT /F1 12 Tf 40 40 Td (seen) Tj ET' }],
  ['a second image', {}, { after: 'q 90 0 0 90 0 0 cm /Im0 Do Q' }],
  ['a cut', {}, { before: '20 20 300 300 re W n' }],
  ['a mark that may hide it', {}, { before: '/Artifact BMC', after: 'EMC' }],
  ['a soft mask', {}, {}, addMask],
  ['colours left out', { Mask: [250, 255] }, {}],
  ['a page that shows a part of it', {}, {}, (page) => page.setCropBox(100, 100, 300, 300)],
  [
    'pixels that are not square',
    {},
    { matrix: [across, 0, 0, down / 2, 0, 0] },
    (page) => page.setSize(across, down / 2),
  ],
  ['no pixels', {}, { matrix: [0, 0, 0, 0, 0, 0] }],
])('a page with %s is drawn', async (_, dictionary, shown, change) => {
  expect(await compare(await makePdf(jpeg, dictionary, shown, change))).toBe('drawn')
})

test('a coarse scan is drawn larger, and one of more pixels than are read, smaller', async () => {
  const coarse = await paper.clone().resize(620).toColourspace('b-w').jpeg().toBuffer()
  expect(await compare(await makePdf(coarse, { Width: 620, Height: 877 }))).toBe('drawn')
  const [wide, high] = [4340, 6139]
  const large = await paper.clone().resize(wide, high, { fit: 'fill' }).toColourspace('b-w').jpeg().toBuffer()
  expect(await compare(await makePdf(large, { Width: wide, Height: high }))).toBe('drawn')
})
