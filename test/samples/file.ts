import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import type { Grey } from '../../services/intake/src/recognition/picture/grey.ts'
import type { Damage } from './damage.ts'

export type SampleFile = { readonly bytes: Buffer; readonly mediaType: string; readonly ending: string }

/** The file a scanner makes of its pages. @throws RangeError when a format of one page is given several. */
export async function encodePages(pages: readonly Grey[], damage: Damage): Promise<SampleFile> {
  if (damage.as === 'g4') return { bytes: await joinTiff(pages, damage), mediaType: 'image/tiff', ending: 'tif' }
  if (damage.as === 'pdf') return { bytes: await joinPdf(pages, damage), mediaType: 'application/pdf', ending: 'pdf' }
  const [page, ...more] = pages
  if (page === undefined || more.length > 0) throw new RangeError(`a ${damage.as} file holds one page`)
  const grey = open(page).toColourspace('b-w').withMetadata({ density: damage.dpi })
  if (damage.as === 'png') return { bytes: await grey.png().toBuffer(), mediaType: 'image/png', ending: 'png' }
  return { bytes: await grey.jpeg({ quality: damage.quality }).toBuffer(), mediaType: 'image/jpeg', ending: 'jpg' }
}

const open = ({ width, height, data }: Grey) => sharp(data, { raw: { width, height, channels: 1 } })

/** Black and white, fax group 4. */
async function joinTiff(pages: readonly Grey[], { dpi, threshold = 150 }: Damage): Promise<Buffer> {
  const perMm = dpi / 25.4
  const pictures = await Promise.all(pages.map((page) => open(page).toColourspace('b-w').png().toBuffer()))
  const joined = pictures.length > 1 ? sharp(pictures, { join: { animated: true } }) : sharp(pictures[0])
  return await joined
    .removeAlpha()
    .threshold(threshold)
    .toColourspace('b-w')
    .tiff({ compression: 'ccittfax4', bitdepth: 1, xres: perMm, yres: perMm })
    .toBuffer()
}

/** One picture a page, the page as large as the paper. */
async function joinPdf(pages: readonly Grey[], { dpi, quality }: Damage): Promise<Buffer> {
  const pdf = await createPdf('')
  for (const page of pages) {
    const picture = await pdf.embedJpg(await open(page).toColourspace('b-w').jpeg({ quality }).toBuffer())
    const [width, height] = [(page.width * 72) / dpi, (page.height * 72) / dpi]
    pdf.addPage([width, height]).drawImage(picture, { x: 0, y: 0, width, height })
  }
  return Buffer.from(await pdf.save({ useObjectStreams: false }))
}

/** An empty PDF that does not tell when it was made, so that the same pages give the same bytes. */
export async function createPdf(title: string): Promise<PDFDocument> {
  const pdf = await PDFDocument.create()
  const day = new Date('2026-01-01T00:00:00Z')
  pdf.setCreationDate(day)
  pdf.setModificationDate(day)
  pdf.setTitle(title)
  return pdf
}
