import { drawPdfPage, withPdf } from '../../services/intake/src/recognition/picture/pdf.ts'
import { type Damage, type Profile, profiles, scanPage } from './damage.ts'
import { codeText, drawFormPdf, drawLetterPdf, type Face, faces, findTicked } from './draw.ts'
import { encodePages } from './file.ts'
import { placeLayout } from './geometry.ts'
import { getLayout } from './layouts.ts'
import { type Answers, createRandom, drawAnswers, type Language, pick } from './people.ts'

export type Truth = {
  readonly layout: string
  readonly formCode: string
  readonly language: Language
  readonly benefit: string
  readonly codeText: string
  readonly face: Face
  /** What stands in each field, by the names every form shares. */
  readonly fields: Answers
  /** The words of the box that is ticked, where the form has such boxes. */
  readonly ticked?: string
}
type Drawn = { readonly bytes: Buffer; readonly mediaType: string; readonly fileName: string }
export type DrawnForm = Drawn & { readonly truth: Truth }
export type DrawnFile = Drawn & { readonly truths: readonly Truth[] }

/** A filled form. `seed` decides who applies and what they wrote; `answers` replaces some of it. */
export type FormOrder = { readonly layout: string; readonly seed: number; readonly answers?: Answers }
/** One sheet of a file: a form, a letter of the applicant, or a sheet with nothing on it. */
export type Sheet = FormOrder | { readonly letter: Language } | 'blank'

/** Draws one filled form as a scanner would deliver it, 'clean' unless told. The same order gives the same bytes. */
export async function drawForm(order: FormOrder & { readonly damage?: Damage | Profile }): Promise<DrawnForm> {
  const { truths, ...file } = await drawMultiPage([order], order.damage ?? 'clean')
  const [truth] = truths
  if (truth === undefined) throw new Error('a form has its truth')
  return { ...file, truth }
}

/** A filled form as a PDF made on a computer: letters and lines, no picture. */
export async function drawDigitalForm(order: FormOrder): Promise<DrawnForm> {
  const { pdf, truth } = await drawFilled(order)
  return { bytes: Buffer.from(pdf), mediaType: 'application/pdf', fileName: `${nameOf(order)}.pdf`, truth }
}

/** A form nobody has filled in yet, as a scanner would deliver it. */
export async function drawBlank(layout: string, serial: number, damage: Damage | Profile = 'clean'): Promise<Drawn> {
  const pdf = await drawFormPdf(getLayout(layout), serial)
  return await scan([pdf], damage, `${nameOf({ layout, seed: serial })}-blank`, serial)
}

/** Several sheets in one file: with damage that ends in a PDF or a fax TIFF; a single sheet in any format. */
export async function drawMultiPage(sheets: readonly Sheet[], damage: Damage | Profile = 'inPdf'): Promise<DrawnFile> {
  const pdfs: Uint8Array[] = []
  const truths: Truth[] = []
  for (const sheet of sheets) {
    if (sheet === 'blank') pdfs.push(await drawLetterPdf('', []))
    else if ('letter' in sheet) pdfs.push(await drawLetterPdf(...letters[sheet.letter]))
    else {
      const { pdf, truth } = await drawFilled(sheet)
      pdfs.push(pdf)
      truths.push(truth)
    }
  }
  const form = sheets.find((sheet) => typeof sheet === 'object' && 'layout' in sheet)
  const [name, seed] = form ? [nameOf(form), form.seed] : ['letter', 1]
  return { ...(await scan(pdfs, damage, name, seed)), truths }
}

const letters: Readonly<Record<Language, [string, string[]]>> = {
  fi: [
    'Liite hakemukseen',
    [
      'Lähetän hakemukseni liitteeksi selvityksen tilanteestani. Vuokrasopimus on voimassa toistaiseksi, ja vuokra maksetaan kuukauden ensimmäisenä päivänä.',
      'Kuitit ja tiliotteet toimitan, jos niitä tarvitaan. Minut tavoittaa puhelimitse arkisin.',
    ],
  ],
  sv: [
    'Bilaga till ansökan',
    [
      'Jag bifogar en utredning om min situation. Hyresavtalet gäller tills vidare, och hyran betalas den första dagen i månaden.',
      'Kvitton och kontoutdrag skickar jag om de behövs. Ni når mig per telefon på vardagar.',
    ],
  ],
}

const nameOf = ({ layout, seed }: FormOrder) => `${getLayout(layout).code.toLowerCase().replace(' ', '')}-${seed}`

async function drawFilled({ layout: id, seed, answers }: FormOrder): Promise<{ pdf: Uint8Array; truth: Truth }> {
  const layout = getLayout(id)
  const random = createRandom(seed)
  const all = { ...drawAnswers(random, layout.language), ...answers }
  const face = pick(random, faces)
  const names = new Set(placeLayout(layout).cells.map(({ name }) => name))
  const fields = Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)))
  const ticked = findTicked(layout, seed)
  const { language, benefit, code } = layout
  const known = { layout: id, formCode: code, language, benefit, codeText: codeText(layout, seed), face, fields }
  const pdf = await drawFormPdf(layout, seed, all, face)
  return { pdf, truth: { ...known, ...(ticked === undefined ? {} : { ticked }) } }
}

async function scan(pdfs: readonly Uint8Array[], by: Damage | Profile, name: string, seed: number): Promise<Drawn> {
  const damage = typeof by === 'string' ? profiles[by] : by
  const random = createRandom(seed + 1)
  const pages = []
  for (const pdf of pdfs) {
    const drawn = await withPdf(pdf, (open) => drawPdfPage(open, 1, 300 / 72))
    pages.push(await scanPage(drawn, damage, random))
  }
  const { bytes, mediaType, ending } = await encodePages(pages, damage)
  return { bytes, mediaType, fileName: `${name}.${ending}` }
}
