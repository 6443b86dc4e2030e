import { type Cover, readSheetCode } from '../../scanning/sheets/sheet-code.ts'

/** A page as reading has seen it. */
export type SeenPage = {
  readonly id: string
  readonly codes: readonly string[]
  /** The code of the form it is a page of. */
  readonly form: string | null
  readonly blank: boolean
  /** Whether it is a cover or separator and nothing else. */
  readonly sheet: boolean
}
export type Division = {
  /** Pages that belong together, in the order of the stack. */
  readonly documents: readonly (readonly string[])[]
  readonly covers: readonly { readonly id: string; readonly cover: Cover }[]
  readonly separators: readonly string[]
  /** Pages of documents with the code of a sheet and something else on them, of no known form: a clerk is asked. */
  readonly doubtful: readonly string[]
}

/**
 * Which pages of a stack belong together. A cover, a separator and the first page of a form each begin a document; every
 * other page follows the one before it. A page with nothing on it begins none: it is the back of something. Covers and
 * separators are pages of no document; a filled page that carries their code begins one and stays a page.
 * @param pages all of the stack, in its order.
 */
export function divideStack(pages: readonly SeenPage[]): Division {
  const documents: { pages: string[]; form: string | null }[] = []
  const covers: { id: string; cover: Cover }[] = []
  const separators: string[] = []
  const doubtful: string[] = []
  const before: string[] = []
  let isOpen = false
  for (const page of pages) {
    const last = documents.at(-1)
    const sheet = findSheet(page.codes)
    if (sheet && page.sheet) {
      if (sheet.kind === 'cover') covers.push({ id: page.id, cover: sheet.cover })
      else separators.push(page.id)
      isOpen = false
    } else if (page.blank) {
      if (last) last.pages.push(page.id)
      else before.push(page.id)
    } else if (last && isOpen && !sheet && !isFirstPage(page, last.form)) {
      last.pages.push(page.id)
      last.form ??= page.form
    } else {
      documents.push({ pages: [...before.splice(0), page.id], form: page.form })
      isOpen = true
      if (sheet && page.form === null) doubtful.push(page.id)
    }
  }
  if (before.length > 0) documents.push({ pages: before, form: null })
  return { documents: documents.map((document) => document.pages), covers, separators, doubtful }
}

function findSheet(codes: readonly string[]) {
  for (const text of codes) {
    const sheet = readSheetCode(text)
    if (sheet) return sheet
  }
  return undefined
}

/** A later page of a form belongs to the document before it, unless that is another form. */
function isFirstPage({ form, codes }: SeenPage, formBefore: string | null): boolean {
  if (form === null) return false
  return findPageNumber(codes) === 1 || form !== formBefore
}

/** The page of the form that its code says it is: the fourth part of `TSN:TO1:2026-01:1:000012`; 1 when no code says. */
function findPageNumber(codes: readonly string[]): number {
  for (const text of codes) {
    const number = /^[^:]+:[^:]+:[^:]+:(\d{1,3}):/.exec(text)?.[1]
    if (number !== undefined) return Number(number)
  }
  return 1
}
