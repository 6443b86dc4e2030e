import { PDFiumModule } from '@hyzyla/pdfium'
import { CannotRead, limits } from '../failure.ts'

/**
 * pdfium's own interface (`public/fpdf*.h`), as far as we use it and the package does not declare it. Handles are numbers,
 * 0 is none.
 */
export type Pdfium = Awaited<ReturnType<typeof PDFiumModule>> & {
  _FPDF_InitLibrary: () => void
  _FPDF_GetPageSizeByIndexF: (document: number, index: number, size: number) => number
  _FPDF_GetPageBoundingBox: (page: number, box: number) => number
  _FPDFPage_GetRotation: (page: number) => number
  _FPDFPage_GetAnnotCount: (page: number) => number
  _FPDFPage_GetAnnot: (page: number, index: number) => number
  _FPDFPage_CloseAnnot: (annotation: number) => void
  _FPDFAnnot_GetSubtype: (annotation: number) => number
  _FPDFPage_Flatten: (page: number, use: number) => number
  _FPDFPageObj_GetMatrix: (object: number, matrix: number) => number
  _FPDFPageObj_HasTransparency: (object: number) => number
  _FPDFFormObj_CountObjects: (form: number) => number
  _FPDFFormObj_GetObject: (form: number, index: number) => number
  _FPDFPageObj_CountMarks: (object: number) => number
  _FPDFPageObj_GetClipPath: (object: number) => number
  _FPDFClipPath_CountPaths: (clipPath: number) => number
  _FPDFTextObj_GetTextRenderMode: (object: number) => number
  _FPDFText_GetUnicode: (text: number, index: number) => number
  _FPDFText_HasUnicodeMapError: (text: number, index: number) => number
  _FPDFText_GetTextObject: (text: number, index: number) => number
  _FPDFText_GetCharBox: (
    text: number,
    index: number,
    left: number,
    right: number,
    bottom: number,
    top: number,
  ) => number
}

/** An open PDF. `bytes` is the whole file. */
export type Pdf = { readonly pdfium: Pdfium; readonly document: number; readonly bytes: Uint8Array }

let loaded: Promise<Pdfium> | undefined

/** Opens a PDF, gives it to `work`, closes it. @throws CannotRead when it is encrypted, damaged or too large to hold. */
export async function withPdf<T>(bytes: Uint8Array, work: (pdf: Pdf) => Promise<T> | T): Promise<T> {
  loaded ??= load()
  const pdfium = await loaded
  try {
    return await withMemory(pdfium, bytes.length, async (at) => {
      pdfium.HEAPU8.set(bytes, at)
      const document = pdfium._FPDF_LoadMemDocument(at, bytes.length, 0)
      if (document === 0) throw refusal(pdfium._FPDF_GetLastError())
      try {
        return await work({ pdfium, document, bytes })
      } finally {
        pdfium._FPDF_CloseDocument(document)
      }
    })
  } catch (error) {
    // What has crashed once is not to be trusted with the next file.
    if (!(error instanceof CannotRead)) loaded = undefined
    throw error
  }
}

async function load(): Promise<Pdfium> {
  const pdfium = (await PDFiumModule({})) as Pdfium
  pdfium._FPDF_InitLibrary()
  return pdfium
}

const passwordMissing = 4
const securityUnknown = 5

function refusal(error: number): CannotRead {
  const locked = error === passwordMissing || error === securityUnknown
  return new CannotRead(locked ? 'scan.encrypted' : 'scan.damaged', `pdfium says ${error}`)
}

/** Opens a page, from 1, gives its handle to `work`, closes it. @throws CannotRead when it is missing or damaged. */
export function withPage<T>({ pdfium, document }: Pdf, page: number, work: (handle: number) => T): T {
  const handle = pdfium._FPDF_LoadPage(document, page - 1)
  if (handle === 0) throw new CannotRead('scan.damaged', `page ${page} cannot be opened`)
  try {
    return work(handle)
  } finally {
    pdfium._FPDF_ClosePage(handle)
  }
}

/** Kinds of objects on a page (`FPDF_PAGEOBJ_…`). */
export const objectKinds = { text: 1, image: 3, form: 5 } as const
const deepestForm = 5

/** @throws CannotRead when the page shows an image of more pixels than a page may have: unpacked it could fill all memory. */
export function checkImages(pdfium: Pdfium, page: number): void {
  const checkObject = (object: number, depth: number): void => {
    const kind = pdfium._FPDFPageObj_GetType(object)
    if (kind === objectKinds.image) {
      const { width, height } = measureImage(pdfium, object)
      if (width * height > limits.pixels) throw new CannotRead('scan.too_large_image', `${width} × ${height} pixels`)
    } else if (kind === objectKinds.form && depth < deepestForm) {
      const count = pdfium._FPDFFormObj_CountObjects(object)
      for (let index = 0; index < count; index++) checkObject(pdfium._FPDFFormObj_GetObject(object, index), depth + 1)
    }
  }
  const count = pdfium._FPDFPage_CountObjects(page)
  for (let index = 0; index < count; index++) checkObject(pdfium._FPDFPage_GetObject(page, index), 0)
}

/** The pixels an image says it has; none where it does not say. */
export function measureImage(pdfium: Pdfium, image: number): { width: number; height: number } {
  return withMemory(pdfium, 8, (at) => {
    if (pdfium._FPDFImageObj_GetImagePixelSize(image, at, at + 4) === 0) return { width: 0, height: 0 }
    const [width = 0, height = 0] = new Uint32Array(pdfium.HEAPU8.buffer, at, 2)
    return { width, height }
  })
}

/** Borrows so many bytes of pdfium's memory. @throws CannotRead when it has not so many. */
export function withMemory<T>({ wasmExports }: Pdfium, bytes: number, work: (at: number) => T): T {
  const at = wasmExports.malloc(Math.max(8, bytes))
  if (at === 0) throw new CannotRead('scan.out_of_memory', `${bytes} bytes are not to be had`)
  let done: T
  try {
    done = work(at)
  } catch (error) {
    wasmExports.free(at)
    throw error
  }
  if (done instanceof Promise) return done.finally(() => wasmExports.free(at)) as T
  wasmExports.free(at)
  return done
}

/** Numbers that a function writes to memory, as 32-bit floats; undefined when it says that it has failed. */
export function readFloats(pdfium: Pdfium, count: number, write: (at: number) => number): number[] | undefined {
  return withMemory(pdfium, count * 4, (at) =>
    write(at) === 0 ? undefined : [...new Float32Array(pdfium.HEAPU8.buffer, at, count)],
  )
}
