/** Files nobody can read, or that would take more than there is, made here; with what is to be said of each. */
import { crc32, deflateSync } from 'node:zlib'
import type { ReadingFailure } from '@tasain/contracts'
import sharp from 'sharp'
import { drawForm } from '../samples/form.ts'

/** `codes`: the refusals that are right; empty where the file may also be read, as long as nobody dies of it. */
export type BadFile = { readonly name: string; readonly bytes: Uint8Array; readonly codes: readonly ReadingFailure[] }

export async function makeBadFiles(): Promise<BadFile[]> {
  const [jpeg, tiff, pdf] = await Promise.all([draw('office'), draw('fax'), draw('inPdf')])
  const png = await sharp(jpeg).png().toBuffer()
  const cut = (bytes: Uint8Array, share: number) => bytes.subarray(0, bytes.length * share)
  return [
    { name: 'cut.jpg', bytes: cut(jpeg, 0.5), codes: ['scan.damaged'] },
    { name: 'cut.png', bytes: cut(png, 0.5), codes: ['scan.damaged'] },
    { name: 'cut.tif', bytes: cut(tiff, 0.5), codes: ['scan.damaged'] },
    { name: 'cut.pdf', bytes: cut(pdf, 0.3), codes: ['scan.damaged', 'scan.no_pages'] },
    { name: 'cut-in-the-end.pdf', bytes: cut(pdf, 0.98), codes: ['scan.damaged'] },
    { name: 'noise.png', bytes: await makeNoise(), codes: ['scan.only_noise'] },
    { name: 'bomb.png', bytes: makeBomb(30_000), codes: ['scan.too_large_image'] },
    { name: 'empty.pdf', bytes: new Uint8Array(0), codes: ['scan.empty'] },
    { name: 'letter.pdf', bytes: Buffer.from('<!doctype html><p>Hei</p>'), codes: ['scan.unknown_type'] },
    { name: 'header-only.pdf', bytes: Buffer.from('%PDF-1.7\n'), codes: ['scan.damaged', 'scan.no_pages'] },
    { name: 'lying-count.pdf', bytes: makePdf(`/Count 1000000000`), codes: [] },
    { name: 'locked.pdf', bytes: makeLockedPdf(), codes: ['scan.encrypted'] },
    { name: 'vast-page.pdf', bytes: makePdf('/Count 1', '/MediaBox [0 0 1000000 1000000]'), codes: [] },
    { name: 'endless-image.pdf', bytes: makeImagePdf(60_000), codes: ['scan.too_large_image'] },
    { name: 'own-parent.pdf', bytes: makePdf('/Count 1', '/MediaBox [0 0 595 842]', '[2 0 R 3 0 R]'), codes: [] },
  ]
}

const draw = async (damage: 'office' | 'fax' | 'inPdf') =>
  (await drawForm({ layout: 'housing-fi', seed: 611, damage })).bytes

async function makeNoise(): Promise<Uint8Array> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  return await sharp({ create: { width: 2000, height: 2000, channels: 3, background: '#fff', noise } })
    .png()
    .toBuffer()
}

/** So many pixels square, one bit each, all the same: a few kilobytes that unpack to a hundred megabytes. */
const makeBomb = (side: number) => makePng(side, 1, 0, Buffer.alloc((side / 8 + 1) * side))

/** A PNG of so many pixels square of which only the beginning is there; `colour` as the format numbers it. */
export const makeHeader = (side: number, bits: number, colour: number) =>
  makePng(side, bits, colour, Buffer.alloc(1_000))

function makePng(side: number, bits: number, colour: number, pixels: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = bits
  header[9] = colour
  const rows = deflateSync(pixels)
  const chunks = [chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
}

function chunk(kind: string, data: Buffer): Buffer {
  const framed = Buffer.alloc(data.length + 12)
  framed.writeUInt32BE(data.length, 0)
  framed.write(kind, 4, 'latin1')
  data.copy(framed, 8)
  framed.writeUInt32BE(crc32(framed.subarray(4, data.length + 8)), data.length + 8)
  return framed
}

function makePdf(count: string, page = '/MediaBox [0 0 595 842]', kids = '[3 0 R]'): Buffer {
  return joinPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages ${count} /Kids ${kids} >>`,
    `<< /Type /Page /Parent 2 0 R ${page} >>`,
  ])
}

/** Asks for a password that nobody has. */
function makeLockedPdf(): Buffer {
  const [owner, user] = ['6f'.repeat(32), '75'.repeat(32)]
  const lock = `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <${owner}> /U <${user}> >>`
  const id = '00'.repeat(16)
  return joinPdf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
      lock,
    ],
    `/Encrypt 4 0 R /ID [<${id}> <${id}>]`,
  )
}

/** One page with an image that says it is so many pixels square, in a stream that goes on as long. */
function makeImagePdf(side: number): Buffer {
  const row = Buffer.alloc(side / 8)
  const rows = deflateSync(Buffer.concat(Array.from({ length: 2000 }, () => row))).toString('latin1')
  const drawing = 'q 595 0 0 842 0 0 cm /I Do Q'
  const image = `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /BitsPerComponent 1 /ColorSpace /DeviceGray`
  return joinPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    `<< ${image} /Filter /FlateDecode /Length ${rows.length} >>\nstream\n${rows}\nendstream`,
  ])
}

export function joinPdf(objects: readonly string[], trailer = ''): Buffer {
  let text = '%PDF-1.7\n'
  const places = objects.map((object, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  const foot = `trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(`${text}xref\n0 ${size}\n0000000000 65535 f \n${table}${foot}`, 'latin1')
}
