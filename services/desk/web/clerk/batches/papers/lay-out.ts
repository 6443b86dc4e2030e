import type { BatchDetail, BatchPage, PageQuestion, ScanSummary } from '@tasain/contracts'

type Document = BatchDetail['documents'][number]
/** A page as it lies in the batch, with the file it came in. */
export type Paper = { page: BatchPage; scan: ScanSummary }
/** What lies in a batch one after another: documents, sheets that order them, and files that were scanned before. */
export type Item =
  | { kind: 'document'; id: string; place: number; document: Document; papers: Paper[] }
  | { kind: 'sheet'; id: string; papers: [Paper] }
  | { kind: 'copies'; id: string; scan: ScanSummary; papers: Paper[] }
/** What the clerk is asked about a page; `same_file`: whether its whole file had been scanned before. */
export type Question = PageQuestion | 'same_file'

/** The items of a batch in the order in which their first pages lie. */
export function layOut({ scans, documents }: BatchDetail): Item[] {
  const papers = scans.flatMap((scan) => scan.pages.map((page): Paper => ({ page, scan })))
  const paperOf = new Map(papers.map((paper) => [paper.page.id, paper]))
  const items = new Map<string, Item>()
  for (const paper of papers) {
    const { page, scan } = paper
    const id = page.applicationId ?? (page.role === 'page' ? scan.id : page.id)
    const known = items.get(id)
    if (known?.kind === 'copies') known.papers.push(paper)
    if (known) continue
    const document = documents.find(({ applicationId }) => applicationId === page.applicationId)
    if (document) {
      const place = [...items.values()].filter(({ kind }) => kind === 'document').length + 1
      const own = document.pageIds.flatMap((pageId) => paperOf.get(pageId) ?? [])
      items.set(id, { kind: 'document', id, place, document, papers: own })
    } else if (page.role === 'page') items.set(id, { kind: 'copies', id, scan, papers: [paper] })
    else items.set(id, { kind: 'sheet', id, papers: [paper] })
  }
  return [...items.values()]
}

/** All pages in the order in which they are shown. */
export function listPapers(items: readonly Item[]): Paper[] {
  return items.flatMap(({ papers }) => [...papers])
}

/** What is asked about a page and not answered yet. */
export function findQuestion({ page, scan }: Paper): Question | undefined {
  if (page.state === 'duplicate') return scan.settledAs === null ? 'same_file' : undefined
  return page.question !== null && page.answer === null ? page.question : undefined
}

export type Step = { applicationId: string; before: string | null }

/**
 * Where a page goes when it is moved one step on or back: past its neighbour in the document, or at the document's edge
 * into the one beside it. undefined where there is none.
 */
export function findStep(items: readonly Item[], pageId: string, by: 1 | -1): Step | undefined {
  const documents = items.filter((item) => item.kind === 'document')
  const at = documents.findIndex(({ papers }) => papers.some(({ page }) => page.id === pageId))
  const here = documents[at]
  if (!here) return undefined
  const place = here.papers.findIndex(({ page }) => page.id === pageId)
  const last = here.papers.length - 1
  if (by === -1 && place > 0) return { applicationId: here.id, before: here.papers[place - 1]?.page.id ?? null }
  if (by === 1 && place < last) return { applicationId: here.id, before: here.papers[place + 2]?.page.id ?? null }
  const beside = documents[at + by]
  return beside && { applicationId: beside.id, before: by === 1 ? (beside.papers[0]?.page.id ?? null) : null }
}

/** The next page after this one about which something is asked, from the start again after the last; undefined when none. */
export function findNextAsked(papers: readonly Paper[], pageId: string | undefined): string | undefined {
  const at = papers.findIndex(({ page }) => page.id === pageId)
  const onward = [...papers.slice(at + 1), ...papers.slice(0, at + 1)]
  return onward.find(findQuestion)?.page.id
}
