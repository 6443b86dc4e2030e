import { drawPdfPage, withPdf } from '../../services/intake/src/recognition/picture/pdf.ts'
import { writeByHand } from './by-hand.ts'
import { type Damage, type Profile, profiles, scanPage } from './damage.ts'
import {
  codeText,
  type Drawing,
  drawFormPdf,
  drawLetterPdf,
  drawNotePdf,
  type Face,
  faces,
  findTicked,
  type Line,
  plainHand,
} from './draw.ts'
import { encodePages } from './file.ts'
import { placeLayout } from './geometry.ts'
import { getLayout } from './layouts.ts'
import { type Answers, createRandom, drawAnswers, type Language, pick } from './people.ts'
import { drawHand, drawVariedAnswers } from './varied.ts'

export type Truth = {
  readonly layout: string
  readonly formCode: string
  readonly language: Language
  readonly benefit: string
  readonly codeText: string
  readonly face: Face
  /** What each field says, by the names every form shares; without those left empty. */
  readonly fields: Answers
  /** All that is printed and written on it, comb cells left out. */
  readonly lines: readonly Line[]
  /** The words of the box that is ticked, where the form has such boxes. */
  readonly ticked?: string
}
type Drawn = { readonly bytes: Buffer; readonly mediaType: string; readonly fileName: string }
export type DrawnForm = Drawn & { readonly truth: Truth }
export type DrawnFile = Drawn & { readonly truths: readonly Truth[] }

/**
 * A filled form. `seed` decides who applies and what they wrote; `answers` replaces some of it. `isVaried`: written in all
 * the ways people write, some fields left empty. `isHandwritten`: in a script face. `isCodeBlotted`: its code cannot be read.
 */
export type FormOrder = {
  readonly layout: string
  readonly seed: number
  readonly answers?: Answers
  readonly isVaried?: boolean
  readonly isHandwritten?: boolean
  readonly isCodeBlotted?: boolean
}
/** A sheet with one short line on it, whose foot is at `y`; all in 1/300 inch. */
type Note = { readonly note: string; readonly x: number; readonly y: number; readonly size: number }
type Letter = { readonly heading: string; readonly paragraphs: readonly string[] }
/**
 * One sheet of a file: a form, a letter of the applicant, a note, a printed PDF of one page, or one with nothing on this side
 * (perhaps a form behind).
 */
export type Sheet =
  | FormOrder
  | { readonly letter: Language }
  | Letter
  | Note
  | Uint8Array
  | 'blank'
  | { readonly behind: FormOrder }

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
  const { pdf } = await drawFormPdf(getLayout(layout), serial)
  return await scan([{ pdf }], damage, `${nameOf({ layout, seed: serial })}-blank`, serial)
}

/** Several sheets in one file: with damage that ends in a PDF or a fax TIFF; a single sheet in any format. */
export async function drawMultiPage(sheets: readonly Sheet[], damage: Damage | Profile = 'inPdf'): Promise<DrawnFile> {
  const sides: Side[] = []
  const truths: Truth[] = []
  for (const sheet of sheets) {
    if (sheet === 'blank') sides.push(await drawLetterPdf('', []))
    else if (sheet instanceof Uint8Array) sides.push({ pdf: sheet })
    else if ('letter' in sheet) sides.push(await drawLetter(letters[sheet.letter]))
    else if ('heading' in sheet) sides.push(await drawLetter(sheet))
    else if ('note' in sheet) sides.push(await drawNotePdf(sheet.note, sheet.x, sheet.y, sheet.size))
    else if ('behind' in sheet)
      sides.push({ ...(await drawLetterPdf('', [])), behind: (await drawFilled(sheet.behind)).pdf })
    else {
      const { pdf, truth, written } = await drawFilled(sheet)
      sides.push(sheet.isHandwritten ? { pdf, written, layout: sheet.layout } : { pdf })
      truths.push(truth)
    }
  }
  const form = sheets.find((sheet) => typeof sheet === 'object' && 'layout' in sheet)
  const [name, seed] = form ? [nameOf(form), form.seed] : ['letter', 1]
  return { ...(await scan(sides, damage, name, seed)), truths }
}

type Side = Pick<Drawing, 'pdf'> & {
  readonly behind?: Uint8Array
  /** What is still to be written by hand, and on which form. */
  readonly written?: Answers
  readonly layout?: string
}

const drawLetter = ({ heading, paragraphs }: Letter) => drawLetterPdf(heading, paragraphs)

const letters: Readonly<Record<Language, Letter>> = {
  fi: {
    heading: 'Liite hakemukseen',
    paragraphs: [
      'Lähetän hakemukseni liitteeksi selvityksen tilanteestani. Vuokrasopimus on voimassa toistaiseksi, ja vuokra maksetaan kuukauden ensimmäisenä päivänä.',
      'Kuitit ja tiliotteet toimitan, jos niitä tarvitaan. Minut tavoittaa puhelimitse arkisin.',
    ],
  },
  sv: {
    heading: 'Bilaga till ansökan',
    paragraphs: [
      'Jag bifogar en utredning om min situation. Hyresavtalet gäller tills vidare, och hyran betalas den första dagen i månaden.',
      'Kvitton och kontoutdrag skickar jag om de behövs. Ni når mig per telefon på vardagar.',
    ],
  },
}

const nameOf = ({ layout, seed }: FormOrder) => `${getLayout(layout).code.toLowerCase().replace(' ', '')}-${seed}`

async function drawFilled(order: FormOrder): Promise<{ pdf: Uint8Array; truth: Truth; written: Answers }> {
  const { seed, answers, isVaried = false, isHandwritten = false, isCodeBlotted = false } = order
  const layout = getLayout(order.layout)
  const random = createRandom(seed)
  const { language, benefit, code } = layout
  const plain = isVaried ? undefined : drawAnswers(random, language)
  const { written: drawn, meant } = plain ? { written: plain, meant: plain } : drawVariedAnswers(random, language)
  const hand = isVaried ? drawHand(random) : { ...plainHand, face: pick(random, faces) }
  const written = { ...drawn, ...answers }
  const { pdf, lines } = await drawFormPdf(layout, seed, isHandwritten ? {} : written, { hand, isCodeBlotted })
  const names = new Set(placeLayout(layout).cells.map(({ name }) => name))
  const fields = Object.fromEntries(Object.entries({ ...meant, ...answers }).filter(([name]) => names.has(name)))
  const ticked = findTicked(layout, seed)
  const known = { layout: layout.id, formCode: code, language, benefit, codeText: codeText(layout, seed) }
  const truth = { ...known, face: hand.face, fields, lines, ...(ticked === undefined ? {} : { ticked }) }
  return { pdf, truth, written }
}

async function scan(sides: readonly Side[], by: Damage | Profile, name: string, seed: number): Promise<Drawn> {
  const damage = typeof by === 'string' ? profiles[by] : by
  const random = createRandom(seed + 1)
  const raster = (pdf: Uint8Array) => withPdf(pdf, (open) => drawPdfPage(open, 1, 300 / 72))
  const pages = []
  for (const { pdf, behind, written, layout } of sides) {
    const page = await raster(pdf)
    if (written && layout !== undefined) await writeByHand(page, placeLayout(getLayout(layout)), written, random)
    pages.push(await scanPage(page, damage, random, behind && (await raster(behind))))
  }
  const { bytes, mediaType, ending } = await encodePages(pages, damage)
  return { bytes, mediaType, fileName: `${name}.${ending}` }
}
