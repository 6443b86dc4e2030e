import { degrees, PDFDocument, PDFName, PDFString } from 'pdf-lib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawPdfPage, withPdf } from '../../../recognition/picture/pdf.ts'
import { composePdf, type Export } from './compose.ts'
import { dpi, drawLetters, type FoundWord, listPdfWords, scanPaper } from './test-papers.ts'

const about = { title: 'Tasain <test> & co', producer: 'Tasain', at: new Date('2026-11-20T10:00:00Z') }

async function make(
  pages: Export['pages'],
  files: Record<string, Uint8Array>,
): Promise<{ bytes: Buffer; archival: boolean }> {
  const parts: Uint8Array[] = []
  const load = (file: string) => Promise.resolve(files[file] ?? new Uint8Array())
  const { archival } = await composePdf({ ...about, pages }, load, (bytes) => {
    parts.push(Uint8Array.from(bytes))
    return Promise.resolve()
  })
  return { bytes: Buffer.concat(parts), archival }
}

const formats = ['jpeg', 'png', 'tiff', 'pdf'] as const
type Format = (typeof formats)[number]

/** A scanned page in a format, and the compressed picture that must come back byte for byte. */
async function encode(
  format: Format,
  image: { width: number; height: number; data: Uint8Array },
): Promise<{ bytes: Buffer; own?: Buffer[] }> {
  const raw = { width: image.width, height: image.height, channels: 1 } as const
  const grey = sharp(image.data, { raw }).toColourspace('b-w').withMetadata({ density: dpi })
  const jpeg = await grey.clone().jpeg({ quality: 80 }).toBuffer()
  if (format === 'jpeg') return { bytes: jpeg, own: [jpeg] }
  if (format === 'png') return { bytes: await grey.png().toBuffer() }
  if (format === 'tiff') {
    const perMm = dpi / 25.4
    const bits = await sharp(image.data, { raw }).toColourspace('b-w').png().toBuffer()
    const tiff = sharp(bits).threshold(140).toColourspace('b-w')
    return {
      bytes: await tiff.tiff({ compression: 'ccittfax4', bitdepth: 1, xres: perMm, yres: perMm }).toBuffer(),
    }
  }
  const pdf = await PDFDocument.create()
  const picture = await pdf.embedJpg(jpeg)
  const [width, height] = [(image.width * 72) / dpi, (image.height * 72) / dpi]
  pdf.addPage([width, height]).drawImage(picture, { x: 0, y: 0, width, height })
  return { bytes: Buffer.from(await pdf.save()), own: [jpeg] }
}

/** The share of a word's ink-bearing place that is dark, and that of the place as a whole round it. */
function measureInk(image: { width: number; data: Uint8Array }, { left, top, right, bottom }: FoundWord) {
  const dark = (x1: number, y1: number, x2: number, y2: number) => {
    let count = 0
    for (let y = Math.round(y1); y < Math.round(y2); y++)
      for (let x = Math.round(x1); x < Math.round(x2); x++) if ((image.data[y * image.width + x] ?? 255) < 140) count++
    return count
  }
  const [inside, around] = [dark(left, top, right, bottom), dark(left - 14, top - 14, right + 14, bottom + 14)]
  return { inside: inside / ((right - left) * (bottom - top)), caught: inside / Math.max(1, around) }
}

const leans = { 0: 2.2, 90: -1.6, 180: 0, 270: 0.9 } as const
const cases = formats.flatMap((format) =>
  ([0, 90, 180, 270] as const).map((rotation) => ({ format, rotation, skew: leans[rotation] })),
)

test.each(cases)(
  'words lie on their print: $format turned by $rotation, leaning by $skew',
  async ({ format, rotation, skew }) => {
    const { image, read } = await scanPaper(rotation, skew)
    const { bytes, own } = await encode(format, image)
    const made = await make([{ file: 'scan', kind: format, page: 1, read }], { scan: bytes })
    expect(made.archival).toBe(true)
    expect(made.bytes.length).toBeLessThanOrEqual(bytes.length * 1.1 + 20_000)
    for (const stream of own ?? []) expect(made.bytes.includes(stream)).toBe(true)

    const scale = dpi / 72
    const [shown, found] = await withPdf(made.bytes, (open) => [
      drawPdfPage(open, 1, scale),
      listPdfWords(open, 1, scale),
    ])
    // It is shown upright, whichever way it went through the feeder.
    expect([shown.width, shown.height].map((side) => Math.round(side / 20))).toEqual(
      [read.width, read.height].map((side) => Math.round(side / 20)),
    )
    expect(found.map(({ text }) => text).sort()).toEqual(read.words.map(({ text }) => text).sort())
    for (const word of found) {
      const { inside, caught } = measureInk(shown, word)
      expect([word.text, caught > 0.8, inside > 0.1]).toEqual([word.text, true, true])
    }
  },
)

/** The strips of a TIFF's first page, taken from where its directory says they lie. */
function listStrips(tiff: Buffer): Buffer[] {
  const directory = tiff.readUInt32LE(4)
  const tags = new Map<number, number[]>()
  for (let index = 0; index < tiff.readUInt16LE(directory); index++) {
    const at = directory + 2 + index * 12
    const [size, count] = [tiff.readUInt16LE(at + 2) === 3 ? 2 : 4, tiff.readUInt32LE(at + 4)]
    const from = size * count <= 4 ? at + 8 : tiff.readUInt32LE(at + 8)
    tags.set(
      tiff.readUInt16LE(at),
      Array.from({ length: count }, (_, place) => tiff.readUIntLE(from + place * size, size)),
    )
  }
  return (tags.get(273) ?? []).map((offset, index) => tiff.subarray(offset, offset + (tags.get(279)?.[index] ?? 0)))
}

/** The compressed pixels of a PNG. */
function joinPixels(png: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  return Buffer.concat(parts)
}

test('the compressed pixels of a fax and of a PNG go in as they are', async () => {
  const { image } = await scanPaper(0, 0)
  const tiff = (await encode('tiff', image)).bytes
  const png = (await encode('png', image)).bytes
  const pages = [
    { file: 'fax', kind: 'tiff', page: 1, read: null },
    { file: 'picture', kind: 'png', page: 1, read: null },
  ] as const
  const { bytes } = await make([...pages], { fax: tiff, picture: png })
  const strips = listStrips(tiff)
  expect(strips.length).toBeGreaterThan(3)
  for (const strip of [...strips, joinPixels(png)]) expect(bytes.includes(strip)).toBe(true)
})

/** The mean difference of a page as two PDFs show it, at 50 dots per inch. */
async function compareLooks(one: Uint8Array, page: number, other: Uint8Array, otherPage: number): Promise<number> {
  const draw = (bytes: Uint8Array, at: number) => withPdf(bytes, (open) => drawPdfPage(open, at, 50 / 72))
  const [a, b] = [await draw(one, page), await draw(other, otherPage)]
  expect([a.width, a.height]).toEqual([b.width, b.height])
  return a.data.reduce((sum, value, index) => sum + Math.abs(value - (b.data[index] ?? 0)), 0) / a.data.length
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'a picture with the orientation tag %i is shown as the tag says',
  async (orientation) => {
    const { image } = await scanPaper(0, 0)
    const raw = { width: image.width, height: image.height, channels: 1 } as const
    const grey = sharp(image.data, { raw }).toColourspace('b-w')
    const tagged = await grey.clone().withMetadata({ density: dpi, orientation }).jpeg({ quality: 95 }).toBuffer()
    const straight = await sharp(tagged)
      .autoOrient()
      .toColourspace('b-w')
      .withMetadata({ density: dpi, orientation: 1 })
      .jpeg()
      .toBuffer()
    const { bytes } = await make(
      [
        { file: 'tagged', kind: 'jpeg', page: 1, read: null },
        { file: 'straight', kind: 'jpeg', page: 1, read: null },
      ],
      { tagged, straight },
    )
    expect(await compareLooks(bytes, 1, bytes, 2)).toBeLessThan(2)
  },
)

test('a PDF of letters goes in as it is, without a second text, and then nothing claims to be PDF/A', async () => {
  const { read } = await scanPaper(0, 0)
  const letters = await drawLetters()
  const scan = (await encode('jpeg', (await scanPaper(0, 0)).image)).bytes
  const { bytes, archival } = await make(
    [
      { file: 'letters', kind: 'pdf', page: 1, read },
      { file: 'scan', kind: 'jpeg', page: 1, read },
      { file: 'letters', kind: 'pdf', page: 1, read: { ...read, rotation: 90 } },
    ],
    { letters, scan },
  )
  expect(archival).toBe(false)
  expect(bytes.includes('pdfaid:part')).toBe(false)
  const found = await withPdf(bytes, (open) => [1, 2, 3].map((page) => listPdfWords(open, page, 1).length))
  expect(found).toEqual([10, 10, 10])
  expect(await compareLooks(bytes, 1, letters, 1)).toBeLessThan(0.5)
  const turned = await withPdf(bytes, (open) => drawPdfPage(open, 3, 0.5))
  expect(turned.width).toBeGreaterThan(turned.height)
})

test.each([0, 90, 180, 270] as const)(
  'print without letters in a PDF turned by %i gets the text that was read',
  async (rotate) => {
    // A scan with a stamp drawn over it is no mere picture any more.
    const { image, read } = await scanPaper(0, 0)
    const pdf = await PDFDocument.load((await encode('pdf', image)).bytes)
    pdf.getPage(0).drawRectangle({ x: 300, y: 20, width: 40, height: 20 })
    pdf.getPage(0).setRotation(degrees(rotate))
    const bytes = await pdf.save()
    const made = await make([{ file: 'a', kind: 'pdf', page: 1, read: { ...read, rotation: upright(rotate) } }], {
      a: bytes,
    })
    expect(made.archival).toBe(false)
    const scale = dpi / 72
    const [shown, found] = await withPdf(made.bytes, (open) => [
      drawPdfPage(open, 1, scale),
      listPdfWords(open, 1, scale),
    ])
    expect(found.map(({ text }) => text).sort()).toEqual(read.words.map(({ text }) => text).sort())
    for (const word of found) expect([word.text, measureInk(shown, word).caught > 0.9]).toEqual([word.text, true])
  },
)
const upright = (rotate: 0 | 90 | 180 | 270) => ({ 0: 0, 90: 270, 180: 180, 270: 90 })[rotate] as 0 | 90 | 180 | 270

test('a PDF whose layers may be hidden goes in as it looks', async () => {
  const letters = await PDFDocument.load(await drawLetters())
  const { context, catalog } = letters
  const layer = context.register(context.obj({ Type: 'OCG', Name: PDFString.of('hidden') }))
  catalog.set(PDFName.of('OCProperties'), context.obj({ OCGs: [layer], D: { OFF: [layer] } }))
  const bytes = await letters.save()
  const made = await make([{ file: 'a', kind: 'pdf', page: 1, read: null }], { a: bytes })
  expect(made.archival).toBe(true)
  expect(await compareLooks(made.bytes, 1, bytes, 1)).toBeLessThan(3)
})

/** Letters with a stamp and a filled field over them, and with everything on the page that a PDF can do harm by. */
async function drawHostile(): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(await drawLetters())
  const { context } = pdf
  const { node } = pdf.getPage(0)
  type Entries = NonNullable<Parameters<typeof context.stream>[1]>
  const add = (entries: Entries, text?: string) =>
    context.register(text === undefined ? context.obj(entries) : context.stream(text, entries))
  const looks = (size: string) =>
    add({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 90, 40] }, `0.1 g 0 0 ${size} re f`)
  const harm = PDFString.of('harm')
  const action = { Type: 'Action', S: 'JavaScript', JS: harm }
  const file = add({ Type: 'Filespec', F: harm, EF: { F: add({ Type: 'EmbeddedFile' }, 'harm') } })
  const mark = (Subtype: string, more: Entries) => add({ Type: 'Annot', Subtype, Rect: [300, 20, 390, 60], ...more })
  const played = { Assets: { Names: [harm, file] }, Type: 'RichMediaContent' }
  const marks = [
    mark('FileAttachment', { FS: file }),
    mark('RichMedia', { RichMediaContent: played }),
    mark('Screen', { A: { S: 'Rendition', R: { C: { D: file } } } }),
    mark('Link', { A: { S: 'URI', URI: harm }, PA: { S: 'URI', URI: harm } }),
    mark('Stamp', { AP: { N: looks('90 20') }, A: action, AF: [file], Popup: mark('Popup', {}) }),
    mark('Widget', { FT: 'Tx', V: harm, AP: { N: looks('20 40') }, AA: { K: action }, MK: { I: file } }),
  ]
  node.set(PDFName.of('Annots'), context.obj(marks))
  node.set(PDFName.of('AA'), context.obj({ O: action }))
  node.set(PDFName.of('AF'), context.obj([file]))
  node.set(PDFName.of('Metadata'), add({}, 'harm'))
  const mapped = context.obj({ Harm: file, Other: add({ Type: 'XObject', Subtype: 'PS' }, 'harm') })
  node.Resources()?.set(PDFName.of('XObject'), mapped)
  return await pdf.save({ useObjectStreams: false })
}

test.each([false, true])(
  'of a foreign page what is seen comes along, and nothing that acts or is attached',
  async (isRead) => {
    const hostile = await drawHostile()
    expect(Buffer.from(hostile).toString('latin1').match(/harm/g)?.length).toBeGreaterThan(8)
    const { read } = await scanPaper(0, 0)
    // With a text of ours over it, and without.
    const words = Array.from({ length: 3 }, () => read.words).flat()
    const page = { file: 'a', kind: 'pdf', page: 1, read: isRead ? { ...read, words } : null } as const
    const { bytes, archival } = await make([page], { a: hostile })
    expect(archival).toBe(false)
    expect(bytes.includes('TasainInvisible ')).toBe(isRead)
    for (const word of [
      'harm',
      '/JavaScript',
      '/Filespec',
      '/EmbeddedFile',
      '/RichMedia',
      '/URI',
      '/AA',
      '/AF',
      '/Popup',
    ])
      expect([word, bytes.includes(word)]).toEqual([word, false])
    expect(bytes.includes('/Subtype /Stamp')).toBe(true)
    expect(await compareLooks(bytes, 1, hostile, 1)).toBeLessThan(0.1)
  },
)

test('a page of which nothing can be shown is refused with its reason', async () => {
  const jpeg = (await encode('jpeg', (await scanPaper(0, 0)).image)).bytes
  const cut = { file: 'a', kind: 'png', page: 1, read: null } as const
  await expect(make([cut], { a: jpeg.subarray(0, 3) })).rejects.toMatchObject({ code: 'scan.damaged' })
  await expect(make([{ ...cut, kind: 'pdf' }], { a: Buffer.from('%PDF-1.7') })).rejects.toMatchObject({
    code: 'scan.damaged',
  })
})
