import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from 'pdf-lib'
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

/** Gives an object anew, whatever it refers to written under new numbers. */
type Copy = (object: PDFObject) => Promise<PDFObject>

/** Of pages and annotations: what belongs to the whole document, leads elsewhere, or acts by itself. */
const dropped = ['Parent', 'P', 'A', 'AA', 'B', 'Dest', 'StructParent', 'StructParents', 'PieceInfo', 'Metadata']

function isDropped(key: PDFName, dict: PDFDict): boolean {
  const isPage = dict.lookup(PDFName.of('Type')) === PDFName.of('Page')
  const isAnnotation = dict.has(PDFName.of('Rect')) && dict.has(PDFName.of('Subtype'))
  return (isPage || isAnnotation) && dropped.includes(key.decodeText())
}

function createCopier(source: PDFDocument, pdf: PdfWriter): Copy {
  const numbers = new Map<PDFRef, PDFObject>()
  const copyReferred = async (ref: PDFRef): Promise<PDFObject> => {
    const known = numbers.get(ref)
    if (known !== undefined) return known
    const object = source.context.lookup(ref)
    // Another page: what leads there leads out of what is exported.
    const type = object instanceof PDFDict ? object.lookup(PDFName.of('Type')) : undefined
    if (object === undefined || type === PDFName.of('Page') || type === PDFName.of('Pages')) return PDFNull
    const number = pdf.reserve()
    numbers.set(ref, PDFRef.of(number))
    await pdf.write(toBytes(await copy(object)), number)
    return PDFRef.of(number)
  }
  const copyDict = async (dict: PDFDict): Promise<PDFDict> => {
    const made = PDFDict.withContext(source.context)
    for (const [key, value] of dict.entries()) if (!isDropped(key, dict)) made.set(key, await copy(value))
    return made
  }
  const copy: Copy = async (object) => {
    if (object instanceof PDFRef) return await copyReferred(object)
    if (object instanceof PDFDict) return await copyDict(object)
    if (object instanceof PDFRawStream) return PDFRawStream.of(await copyDict(object.dict), object.contents)
    if (!(object instanceof PDFArray)) return object
    const made = PDFArray.withContext(source.context)
    for (const value of object.asArray()) made.push(await copy(value))
    return made
  }
  return copy
}

function toBytes(object: PDFObject): Uint8Array {
  const bytes = new Uint8Array(object.sizeInBytes())
  object.copyBytesInto(bytes, 0)
  return bytes
}

const contents = PDFName.of('Contents')
const resources = PDFName.of('Resources')

async function copyPage(source: PDFDocument, page: number, laid: Laid, pdf: PdfWriter, copy: Copy): Promise<number> {
  const { node } = source.getPage(page - 1)
  // What a page inherits from those above it becomes its own.
  for (const name of ['Resources', 'MediaBox', 'CropBox', 'Rotate']) {
    const value = node.getInheritableAttribute(PDFName.of(name))
    if (value !== undefined) node.set(PDFName.of(name), value)
  }
  const made = await copy(node)
  if (!(made instanceof PDFDict)) throw new Error(`page ${page} is no page`)
  made.set(PDFName.of('Parent'), PDFRef.of(laid.parent))
  const turned = source.getPage(page - 1).getRotation().angle + laid.turn
  made.set(PDFName.of('Rotate'), PDFNumber.of(((turned % 360) + 360) % 360))
  if (laid.content !== '') await layOver(source, node, made, laid, pdf, copy)
  return await pdf.write(toBytes(made))
}

/** Adds content after the page's own, which cannot disturb it: its state is put aside before and taken back after. */
async function layOver(source: PDFDocument, node: PDFDict, made: PDFDict, laid: Laid, pdf: PdfWriter, copy: Copy) {
  const own = node.lookup(contents)
  const parts = own instanceof PDFArray ? own.asArray() : [node.get(contents)]
  const all = PDFArray.withContext(source.context)
  all.push(PDFRef.of(await pdf.writePacked(Buffer.from('q\n'))))
  for (const part of parts) if (part instanceof PDFRef) all.push(await copy(part))
  all.push(PDFRef.of(await pdf.writePacked(Buffer.from(`\nQ\n${laid.content}`))))
  made.set(contents, all)
  const used = await copy(asDict(node.lookup(resources), source))
  const fonts = await copy(asDict(asDict(node.lookup(resources), source).lookup(PDFName.of('Font')), source))
  if (!(used instanceof PDFDict && fonts instanceof PDFDict)) throw new Error('resources are no dictionary')
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

const isNamed = (object: PDFObject | undefined, names: readonly string[]) =>
  object instanceof PDFName && names.includes(object.decodeText())
