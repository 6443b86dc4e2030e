import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from 'pdf-lib'
import type { PdfWriter } from './writer.ts'

/** Gives an object anew, whatever it refers to written under new numbers; null for what is never copied. */
export type Copy = (object: PDFObject) => Promise<PDFObject>

/** Never copied, wherever it is referred to: what leads out of what is exported, acts by itself, or is a file of its own. */
const notCopied = ['Page', 'Pages', 'Catalog', 'Annot', 'Action', 'Filespec', 'F', 'EmbeddedFile', 'Metadata']
/** Of a stream: what stands for it in another file or comes along with it. */
const notOfStreams = ['F', 'FFilter', 'FDecodeParms', 'AF', 'Ref', 'OPI', 'PieceInfo']

/** Copies objects of a source, each once however often it is referred to. */
export function createCopier(source: PDFDocument, pdf: PdfWriter): Copy {
  const numbers = new Map<PDFRef, PDFRef>()
  const copyReferred = async (ref: PDFRef): Promise<PDFObject> => {
    const known = numbers.get(ref)
    if (known !== undefined) return known
    const object = source.context.lookup(ref)
    if (!isCopied(object)) return PDFNull
    const made = PDFRef.of(pdf.reserve())
    numbers.set(ref, made)
    await pdf.write(toBytes(await copy(object)), made.objectNumber)
    return made
  }
  const copy: Copy = async (object) => {
    if (object instanceof PDFRef) return await copyReferred(object)
    if (!isCopied(object)) return PDFNull
    if (object instanceof PDFDict) return await copyEntries(object, () => true, copy)
    if (object instanceof PDFRawStream) {
      const entries = await copyEntries(object.dict, (key) => !notOfStreams.includes(key), copy)
      return PDFRawStream.of(entries, object.contents)
    }
    if (!(object instanceof PDFArray)) return object
    const made = PDFArray.withContext(source.context)
    for (const value of object.asArray()) made.push(await copy(value))
    return made
  }
  return copy
}

/** A dictionary's entries of these names. */
export async function copyEntries(dict: PDFDict, isWanted: (key: string) => boolean, copy: Copy): Promise<PDFDict> {
  const made = PDFDict.withContext(dict.context)
  for (const [key, value] of dict.entries()) if (isWanted(key.decodeText())) made.set(key, await copy(value))
  return made
}

function isCopied(object: PDFObject | undefined): object is PDFObject {
  const dict = object instanceof PDFStream ? object.dict : object
  if (!(dict instanceof PDFDict)) return object !== undefined
  const isProgram = dict !== object && isNamed(dict.lookup(PDFName.of('Subtype')), ['PS'])
  return !isProgram && !isNamed(dict.lookup(PDFName.of('Type')), notCopied)
}

export function toBytes(object: PDFObject): Uint8Array {
  const bytes = new Uint8Array(object.sizeInBytes())
  object.copyBytesInto(bytes, 0)
  return bytes
}

export const isNamed = (object: PDFObject | undefined, names: readonly string[]) =>
  object instanceof PDFName && names.includes(object.decodeText())
