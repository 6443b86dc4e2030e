import { drawPdfPage, withPdf } from '../../services/intake/src/recognition/picture/pdf.ts'
import { type Profile, profiles, scanPage } from './damage.ts'
import { drawLetterPdf } from './draw.ts'
import { encodePages, type SampleFile } from './file.ts'
import { drawDigitalForm, type FormOrder } from './form.ts'
import { createRandom } from './people.ts'

/** One sheet of a stack: a filled form, a letter of so many paragraphs, a printed PDF of one page, or nothing on it. */
export type StackSheet =
  | FormOrder
  | { readonly heading: string; readonly paragraphs: readonly string[] }
  | Uint8Array
  | 'blank'

/** A stack as it comes out of the scanner's feeder in one file: a PDF of pictures, or a fax TIFF. */
export async function drawStack(
  sheets: readonly StackSheet[],
  profile: Profile & ('inPdf' | 'fax'),
): Promise<SampleFile> {
  const pages = []
  for (const [index, sheet] of sheets.entries()) {
    const drawn = await withPdf(await drawPdf(sheet), (open) => drawPdfPage(open, 1, 300 / 72))
    // Each sheet has its own dust: one that goes through twice does not come out the same.
    pages.push(await scanPage(drawn, profiles[profile], createRandom(index + 1)))
  }
  return await encodePages(pages, profiles[profile])
}

async function drawPdf(sheet: StackSheet): Promise<Uint8Array> {
  if (sheet instanceof Uint8Array) return sheet
  if (sheet === 'blank') return (await drawLetterPdf('', [])).pdf
  return 'heading' in sheet
    ? (await drawLetterPdf(sheet.heading, sheet.paragraphs)).pdf
    : (await drawDigitalForm(sheet)).bytes
}
