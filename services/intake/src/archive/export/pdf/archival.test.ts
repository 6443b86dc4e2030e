import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, PDFNumber, type PDFObject, PDFRawStream } from 'pdf-lib'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { composePdf } from './compose.ts'
import { dpi, scanPaper } from './test-papers.ts'

// What ISO 19005-2 asks of level B, as far as it concerns what we write; the clause stands before each test.

let bytes: Buffer
let pdf: PDFDocument
let objects: PDFObject[]

beforeAll(async () => {
  const { image, read } = await scanPaper(90, 1)
  const raw = { width: image.width, height: image.height, channels: 1 } as const
  const grey = sharp(image.data, { raw }).toColourspace('b-w').withMetadata({ density: dpi })
  const jpeg = await grey.clone().jpeg().toBuffer()
  const colour = await sharp(image.data, { raw })
    .tint('#88aaff')
    .withMetadata({ density: dpi })
    .png({ palette: true })
    .toBuffer()
  const fax = await sharp(await grey.clone().png().toBuffer())
    .threshold(140)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1 })
    .toBuffer()
  const scan = await PDFDocument.create()
  scan.addPage([300, 400]).drawImage(await scan.embedJpg(jpeg), { x: 0, y: 0, width: 300, height: 400 })
  const files: Record<string, Uint8Array> = { jpeg, png: colour, tiff: fax, pdf: await scan.save() }
  const pages = (['jpeg', 'png', 'tiff', 'pdf'] as const).map((kind) => ({ file: kind, kind, page: 1, read }))
  const parts: Uint8Array[] = []
  const made = await composePdf(
    { title: 'Tasain', producer: 'Tasain', at: new Date('2026-11-20T10:00:00Z'), pages },
    (file) => Promise.resolve(files[file] ?? new Uint8Array()),
    (part) => {
      parts.push(Uint8Array.from(part))
      return Promise.resolve()
    },
  )
  expect(made.archival).toBe(true)
  bytes = Buffer.concat(parts)
  pdf = await PDFDocument.load(bytes, { throwOnInvalidObject: true, updateMetadata: false })
  objects = pdf.context.enumerateIndirectObjects().map(([, object]) => object)
})

const name = (text: string) => PDFName.of(text)
const listDicts = (type: string) =>
  objects
    .map((object) => (object instanceof PDFRawStream ? object.dict : object))
    .filter((object): object is PDFDict => object instanceof PDFDict && object.get(name('Type')) === name(type))
const listStreams = () => objects.filter((object): object is PDFRawStream => object instanceof PDFRawStream)
const unpack = (stream: PDFRawStream | undefined) => inflateSync(stream?.contents ?? Buffer.alloc(0))

test('6.1.2 the file begins with its version and with bytes that are no text', () => {
  expect(bytes.toString('latin1', 0, 9)).toBe('%PDF-1.7\n')
  expect(bytes[9]).toBe(0x25)
  expect([...bytes.subarray(10, 14)].every((byte) => byte > 127)).toBe(true)
})

test('6.1.3 it is named, locked by nothing, and ends with its last line', () => {
  const { ID, Encrypt, Info } = pdf.context.trailerInfo
  expect(Encrypt).toBeUndefined()
  // Its description stands in the metadata alone, so nothing can contradict it.
  expect(Info).toBeUndefined()
  expect(
    ID instanceof PDFArray && ID.asArray().map((part) => part instanceof PDFHexString && part.asString().length),
  ).toEqual([32, 32])
  expect(bytes.subarray(-6).toString()).toBe('%%EOF\n')
})

test('6.1.4 and 6.1.9 every object begins where the table says, on a line of its own', () => {
  const text = bytes.toString('latin1')
  const at = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
  const [, count] = /^xref\n0 (\d+)\n/.exec(text.slice(at)) ?? []
  const rows = text
    .slice(at)
    .split('\n')
    .slice(2, 2 + Number(count))
  expect(rows[0]).toBe('0000000000 65535 f ')
  for (const [number, row] of rows.entries()) {
    if (number === 0) continue
    const start = Number(row.slice(0, 10))
    expect(text.slice(start - 1, start + `${number} 0 obj\n`.length)).toBe(`\n${number} 0 obj\n`)
  }
})

test('6.1.7 every stream is as long as it says, lies within the file itself, and is compressed in an allowed way', () => {
  const text = bytes.toString('latin1')
  const streams = [...text.matchAll(/\/Length (\d+)>>\nstream\n/g)]
  expect(streams.length).toBe(listStreams().length)
  for (const found of streams) {
    const end = found.index + found[0].length + Number(found[1])
    expect(text.slice(end, end + 18)).toBe('\nendstream\nendobj\n')
  }
  const allowed = ['/FlateDecode', '/DCTDecode', '/CCITTFaxDecode', undefined]
  for (const { dict } of listStreams()) {
    expect(allowed).toContain(dict.get(name('Filter'))?.toString())
    expect(['F', 'FFilter', 'FDecodeParms'].some((key) => dict.has(name(key)))).toBe(false)
  }
})

test('6.1.13 pages are neither too small nor too large', () => {
  for (const page of pdf.getPages()) {
    const { width, height } = page.getSize()
    for (const side of [width, height]) expect(side >= 3 && side <= 14_400).toBe(true)
  }
})

test('6.2.3 the meaning of red, green and blue is told by a profile that a colour engine takes', async () => {
  const [intent] = listDicts('OutputIntent')
  expect(intent?.get(name('S'))?.toString()).toBe('/GTS_PDFA1')
  const profile = intent?.lookup(name('DestOutputProfile')) as PDFRawStream | undefined
  expect(profile?.dict.lookup(name('N'), PDFNumber).asNumber()).toBe(3)
  const icc = unpack(profile)
  expect([icc.readUInt32BE(0), icc.toString('latin1', 12, 20), icc.toString('latin1', 36, 40)]).toEqual([
    icc.length,
    'mntrRGB ',
    'acsp',
  ])
  // What is turned from sRGB into this profile stays as it is.
  const folder = await mkdtemp(join(tmpdir(), 'profile-'))
  const pixels = Buffer.from(Array.from({ length: 256 * 3 }, (_, index) => (index * 37) % 256))
  await writeFile(join(folder, 'srgb.icc'), icc)
  const turned = await sharp(pixels, { raw: { width: 256, height: 1, channels: 3 } })
    .withIccProfile(join(folder, 'srgb.icc'))
    .png()
    .toBuffer()
  await rm(folder, { recursive: true })
  const data = await sharp(turned, { ignoreIcc: true }).raw().toBuffer()
  expect(Math.max(...pixels.map((value, index) => Math.abs(value - (data[index] ?? 0))))).toBeLessThanOrEqual(1)
})

test('6.2.8 images hold nothing that another program would have to add or leave out', () => {
  const images = listDicts('XObject')
  expect(images.length).toBeGreaterThan(4)
  for (const image of images) {
    expect(image.get(name('Subtype'))).toBe(name('Image'))
    for (const key of ['Alternates', 'OPI', 'Interpolate', 'SMask', 'Mask', 'Intent'])
      expect(image.has(name(key))).toBe(false)
    expect(image.get(name('ColorSpace'))?.toString()).toMatch(/^\/Device(Gray|RGB)$|^\[ ?\/Indexed \/DeviceRGB/)
  }
})

test('6.2.2 and 6.2.11.8 content says only what is defined, and every letter of it has a glyph', () => {
  for (const page of pdf.getPages()) {
    const content = unpack(page.node.Contents() as PDFRawStream).toString('latin1')
    const operators = content
      .replace(/<[0-9a-f]*>|\/\w+|-?\d+(\.\d+)?/g, ' ')
      .trim()
      .split(/\s+/)
    const plain = ['q', 'Q', 'cm', 'Do', 'BT', 'ET', 'Tr', 'Tf', 'Tz', 'Tm', 'Tj']
    expect(operators.filter((one) => !plain.includes(one))).toEqual([])
    const depth = operators.reduce((open, one) => open + (one === 'q' ? 1 : one === 'Q' ? -1 : 0), 0)
    expect(depth).toBe(0)
    expect(content).toContain('3 Tr')
    expect(page.node.Resources()?.lookup(name('Font'))).toBeInstanceOf(PDFDict)
  }
  const map = unpack(
    listDicts('Font')
      .map((font) => font.lookup(name('CIDToGIDMap')))
      .find((one): one is PDFRawStream => one instanceof PDFRawStream),
  )
  expect(map.length).toBe(2 * 65_536)
  for (let code = 0; code < 65_536; code++)
    if (map.readUInt16BE(2 * code) !== 1) throw new Error(`letter ${code} has no glyph`)
})

test('6.2.11.4 and 6.2.11.5 the font is in the file, whole, and as wide as it is said to be', () => {
  const [descriptor] = listDicts('FontDescriptor')
  const file = descriptor?.lookup(name('FontFile2'))
  const font = unpack(file as PDFRawStream)
  expect((file as PDFRawStream).dict.lookup(name('Length1'), PDFNumber).asNumber()).toBe(font.length)
  let sum = 0
  for (let at = 0; at < font.length; at += 4) sum = (sum + font.readUInt32BE(at)) >>> 0
  expect(sum).toBe(0xb1b0afba)
  const tables = new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
      const at = 12 + 16 * index
      return [
        font.toString('latin1', at, at + 4),
        font.subarray(font.readUInt32BE(at + 8), font.readUInt32BE(at + 8) + font.readUInt32BE(at + 12)),
      ]
    }),
  )
  expect([...tables.keys()]).toEqual(['glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp'])
  const width = listDicts('Font')
    .flatMap((one) => one.lookup(name('DW')) ?? [])
    .map(String)
  expect(width).toEqual([String(tables.get('hmtx')?.readUInt16BE(4))])
  expect(tables.get('head')?.readUInt16BE(18)).toBe(1000)
  const names = [...listDicts('Font'), ...listDicts('FontDescriptor')].map((one) =>
    String(one.get(name('BaseFont')) ?? one.get(name('FontName'))),
  )
  expect(new Set(names).size).toBe(1)
})

test('6.5 and 6.6.1 nothing happens by itself', () => {
  const text = objects.map(String).join('\n')
  for (const key of [
    '/AA',
    '/OpenAction',
    '/JavaScript',
    '/JS',
    '/Launch',
    '/AcroForm',
    '/EmbeddedFile',
    '/OCProperties',
    '/SMask',
    '/Group',
  ])
    expect([key, text.includes(key)]).toEqual([key, false])
})

test('6.6.2 and 6.6.4 the metadata is readable as it lies there, and claims part 2 of level B', () => {
  const stream = pdf.catalog.lookup(name('Metadata')) as PDFRawStream
  expect(stream.dict.has(name('Filter'))).toBe(false)
  const text = Buffer.from(stream.contents).toString('utf8')
  expect(text.startsWith('<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>')).toBe(true)
  expect(text.endsWith('<?xpacket end="w"?>')).toBe(true)
  expect(text).toContain('<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>')
  expect(text).toContain('2026-11-20T10:00:00Z')
})
