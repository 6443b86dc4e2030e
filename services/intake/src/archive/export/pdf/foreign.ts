import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from 'pdf-lib'
import { type Copy, copyEntries, createCopier, isNamed, toBytes } from './copier.ts'
import type { PdfWriter } from './writer.ts'

/** Somebody else's PDF, from which pages and images are copied object by object, as they are. */
export type ForeignPdf = {
  /** Copies a page, with this text over it, and gives the page's object number. */
  readonly copyPage: (page: number, laid: Laid) => Promise<number>
  /**
   * Copies the image that holds exactly these bytes and gives its object number; undefined when it is none that PDF/A
   * takes as it is.
   */
  readonly copyImage: (bytes: Uint8Array) => Promise<{ number: number; width: number; height: number } | undefined>
}
export type Laid = {
  /** The object number of the pages' root. */
  readonly parent: number
  /** Quarter turns clockwise that stand the page upright, in degrees. */
  readonly turn: number
  /** Content to be drawn over the page's own; empty for none. */
  readonly content: string
  readonly font: { readonly name: string; readonly number: number }
}

/** Opens a PDF to copy from. undefined when it cannot be: encrypted, damaged, or with layers that may be hidden. */
export async function openForeign(bytes: Uint8Array, pdf: PdfWriter): Promise<ForeignPdf | undefined> {
  const source = await PDFDocument.load(bytes, { ignoreEncryption: true, updateMetadata: false }).catch(() => undefined)
  if (source === undefined || source.isEncrypted || mayHideLayers(source.catalog)) return undefined
  const copy = createCopier(source, pdf)
  return {
    copyPage: (page, laid) => copyPage(source, page, laid, pdf, copy),
    copyImage: (image) => copyImage(source, image, pdf, copy),
  }
}

/** Layers are the document's, so that a page alone would show them all. */
function mayHideLayers(catalog: PDFDict): boolean {
  const layers = catalog.lookup(PDFName.of('OCProperties'))
  const shown = layers instanceof PDFDict ? layers.lookup(PDFName.of('D')) : undefined
  if (!(shown instanceof PDFDict)) return layers !== undefined
  const off = shown.lookup(PDFName.of('OFF'))
  return (
    shown.has(PDFName.of('BaseState')) || shown.has(PDFName.of('AS')) || (off instanceof PDFArray && off.size() > 0)
  )
}

/** What of a page makes its looks; all else belongs to the whole document, leads elsewhere, or acts by itself. */
const ofPages = 'Type MediaBox CropBox BleedBox TrimBox ArtBox UserUnit Resources Contents Group'.split(' ')
/** Annotations that are but marks on the paper. Others play, open, attach or lead somewhere. */
const marks = (
  'Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp Ink Watermark ' +
  'Redact Widget'
).split(' ')
/** What of a mark makes its looks. */
const ofMarks = (
  'Type Subtype Rect F AP AS Border BS BE RD C IC CA ca BM Name Contents DA Q QuadPoints InkList L LE LL LLE LLO CL ' +
  'Vertices FixedPrint'
).split(' ')

const contents = PDFName.of('Contents')
const resources = PDFName.of('Resources')

async function copyPage(source: PDFDocument, page: number, laid: Laid, pdf: PdfWriter, copy: Copy): Promise<number> {
  const { node } = source.getPage(page - 1)
  // What a page inherits from those above it becomes its own.
  for (const name of ['Resources', 'MediaBox', 'CropBox', 'Rotate']) {
    const value = node.getInheritableAttribute(PDFName.of(name))
    if (value !== undefined) node.set(PDFName.of(name), value)
  }
  const made = await copyEntries(node, (key) => ofPages.includes(key), copy)
  made.set(PDFName.of('Annots'), await copyMarks(node, pdf, copy))
  made.set(PDFName.of('Parent'), PDFRef.of(laid.parent))
  const turned = source.getPage(page - 1).getRotation().angle + laid.turn
  made.set(PDFName.of('Rotate'), PDFNumber.of(((turned % 360) + 360) % 360))
  if (laid.content !== '') await layOver(source, node, made, laid, pdf, copy)
  return await pdf.write(toBytes(made))
}

async function copyMarks(node: PDFDict, pdf: PdfWriter, copy: Copy): Promise<PDFArray> {
  const made = PDFArray.withContext(node.context)
  const all = node.lookup(PDFName.of('Annots'))
  for (const one of all instanceof PDFArray ? all.asArray() : []) {
    const mark = node.context.lookup(one)
    if (!(mark instanceof PDFDict && isNamed(mark.lookup(PDFName.of('Subtype')), marks))) continue
    made.push(PDFRef.of(await pdf.write(toBytes(await copyEntries(mark, (key) => ofMarks.includes(key), copy)))))
  }
  return made
}

/** Adds content after the page's own, which cannot disturb it: its state is put aside before and taken back after. */
async function layOver(source: PDFDocument, node: PDFDict, made: PDFDict, laid: Laid, pdf: PdfWriter, copy: Copy) {
  const drawn = node.lookup(contents)
  const parts = drawn instanceof PDFArray ? drawn.asArray() : [node.get(contents)]
  const all = PDFArray.withContext(source.context)
  all.push(PDFRef.of(await pdf.writePacked(Buffer.from('q\n'))))
  for (const part of parts) if (part instanceof PDFRef) all.push(await copy(part))
  all.push(PDFRef.of(await pdf.writePacked(Buffer.from(`\nQ\n${laid.content}`))))
  made.set(contents, all)
  const own = asDict(node.lookup(resources), source)
  const used = await copyEntries(own, () => true, copy)
  const fonts = await copyEntries(asDict(own.lookup(PDFName.of('Font')), source), () => true, copy)
  fonts.set(PDFName.of(laid.font.name), PDFRef.of(laid.font.number))
  used.set(PDFName.of('Font'), fonts)
  made.set(resources, used)
}

const asDict = (object: PDFObject | undefined, source: PDFDocument) =>
  object instanceof PDFDict ? object : PDFDict.withContext(source.context)

const keptEntries = ['Width', 'Height', 'BitsPerComponent', 'ColorSpace', 'Decode', 'Filter', 'DecodeParms']
const filters = ['DCTDecode', 'CCITTFaxDecode', 'FlateDecode', 'JBIG2Decode', 'RunLengthDecode']
/** Colours that are told by light, not by a printing press (ISO 19005-2, 6.2.4). */
const plainSpaces = ['DeviceGray', 'DeviceRGB', 'CalGray', 'CalRGB']

async function copyImage(source: PDFDocument, bytes: Uint8Array, pdf: PdfWriter, copy: Copy) {
  const image = source.context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .find((object): object is PDFRawStream => isImage(object) && Buffer.compare(object.contents, bytes) === 0)
  if (image === undefined || !isPlain(image.dict)) return undefined
  const entries: string[] = ['/Type/XObject/Subtype/Image']
  for (const key of keptEntries) {
    const value = image.dict.get(PDFName.of(key))
    if (value !== undefined) entries.push(`/${key} ${Buffer.from(toBytes(await copy(value))).toString('latin1')}`)
  }
  const number = await pdf.writeStream(entries.join(''), image.contents)
  const [width, height] = ['Width', 'Height'].map((key) => image.dict.lookup(PDFName.of(key), PDFNumber).asNumber())
  return { number, width: width ?? 0, height: height ?? 0 }
}

function isImage(object: PDFObject): object is PDFRawStream {
  return object instanceof PDFRawStream && object.dict.lookup(PDFName.of('Subtype')) === PDFName.of('Image')
}

function isPlain(dict: PDFDict): boolean {
  const filter = dict.lookup(PDFName.of('Filter'))
  const named = filter instanceof PDFArray ? filter.asArray() : filter === undefined ? [] : [filter]
  const space = dict.lookup(PDFName.of('ColorSpace'))
  return named.every((name) => isNamed(name, filters)) && isPlainSpace(space)
}

function isPlainSpace(space: PDFObject | undefined): boolean {
  if (!(space instanceof PDFArray)) return isNamed(space, plainSpaces)
  const kind = space.lookup(0)
  if (isNamed(kind, ['Indexed'])) return isPlainSpace(space.lookup(1))
  if (!isNamed(kind, ['ICCBased'])) return isNamed(kind, plainSpaces)
  const profile = space.lookup(1)
  const colours = profile instanceof PDFStream ? profile.dict.lookup(PDFName.of('N')) : undefined
  return colours instanceof PDFNumber && colours.asNumber() !== 4
}
