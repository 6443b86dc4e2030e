import type { ArrangeBatch, LeftOut, PageQuestion, RefusalCode } from '@tasain/contracts'
import type { PagePlace } from '../../schema.ts'

/** A page of a batch with what decides about moving it. */
export type PlacedPage = PagePlace & {
  readonly question: PageQuestion | null
  /** Whether the stack it came in is documents by now. */
  readonly isDivided: boolean
  /** Whether handlers may be at work on its application: its pages are no longer moved. */
  readonly isHandedOver: boolean
  /** Whether its case has been decided: then they are not, whatever becomes of the application. */
  readonly isDecided: boolean
}
export type Planned =
  | { readonly ok: true; readonly before: readonly PagePlace[]; readonly after: readonly PagePlace[] }
  | { readonly ok: false; readonly code: RefusalCode }

const refuse = (code: RefusalCode): Planned => ({ ok: false, code })
const changed = refuse('batch.changed')

/**
 * What a clerk's wish makes of the places of a batch's pages; pages that stay as they are are not named.
 * @param pages of the whole batch in the order of the paper.
 * @param newId for the application that a split begins.
 */
export function planChange(pages: readonly PlacedPage[], wish: ArrangeBatch, newId: () => string): Planned {
  const page = pages.find(({ pageId }) => pageId === wish.pageId)
  if (!page?.isDivided) return changed
  switch (wish.do) {
    case 'split':
      return splitAt(pages, page, newId)
    case 'join':
      return joinBefore(pages, page)
    case 'move':
      return movePage(pages, page, wish.applicationId, wish.before)
    case 'accept':
    case 'keep':
      return answerQuestion(pages, page, wish.do)
    case 'set_aside':
      if (page.applicationId === null || page.leftOut !== null) return changed
      return settle(pages, [{ ...page, leftOut: 'set_aside' }])
    case 'take_back':
      if (page.leftOut === null) return changed
      return settle(pages, [{ ...page, leftOut: null, answer: page.answer && 'kept' }])
  }
}

function splitAt(pages: readonly PlacedPage[], page: PlacedPage, newId: () => string): Planned {
  const own = listPages(pages, page.applicationId)
  const at = own.indexOf(page)
  if (at < 1) return changed
  const applicationId = newId()
  return settle(
    pages,
    own.slice(at).map((one) => ({ ...one, applicationId })),
  )
}

function joinBefore(pages: readonly PlacedPage[], page: PlacedPage): Planned {
  const documents = listDocuments(pages)
  const previous = documents[documents.indexOf(page.applicationId ?? '') - 1]
  if (page.applicationId === null || previous === undefined) return changed
  const joined = [...listPages(pages, previous), ...listPages(pages, page.applicationId)]
  return settle(pages, putInOrder(joined, previous))
}

function movePage(
  pages: readonly PlacedPage[],
  page: PlacedPage,
  applicationId: string,
  before: string | null,
): Planned {
  if (page.applicationId === null || !listDocuments(pages).includes(applicationId)) return changed
  const others = listPages(pages, applicationId).filter((one) => one !== page)
  const at = before === null ? others.length : others.findIndex(({ pageId }) => pageId === before)
  if (at < 0) return changed
  return settle(pages, putInOrder([...others.slice(0, at), page, ...others.slice(at)], applicationId))
}

/** What was handed over keeps its pages, however blank: there only the answer is noted. */
function answerQuestion(pages: readonly PlacedPage[], page: PlacedPage, answer: 'accept' | 'keep'): Planned {
  if (page.question === null) return changed
  const isAccepted = answer === 'accept'
  const isLeftOut = isAccepted && page.question !== 'other_cover' && !page.isHandedOver
  return settle(pages, [
    {
      ...page,
      answer: isAccepted ? 'accepted' : 'kept',
      leftOut: isLeftOut ? reasons[page.question] : null,
      holds: page.question === 'other_cover' ? isAccepted : page.holds,
    },
  ])
}

/** Why a page is left out once a clerk has said that it is what was asked about it. */
const reasons: Readonly<Record<PageQuestion, LeftOut | null>> = {
  blank: 'blank',
  same_page: 'duplicate',
  separator: 'set_aside',
  other_cover: null,
}

/** Taking a change back: every page it touched must still lie where it put it. */
export function planUndo(
  pages: readonly PlacedPage[],
  { before, after }: { before: readonly PagePlace[]; after: readonly PagePlace[] },
): Planned {
  const now = new Map(pages.map((page) => [page.pageId, page]))
  const isAsLeft = after.every((place) => isSamePlace(now.get(place.pageId), place))
  return isAsLeft ? settle(pages, before) : changed
}

/** Only what really changes, unless it would touch the pages of an application that handlers have. */
function settle(pages: readonly PlacedPage[], wanted: readonly PagePlace[]): Planned {
  const now = new Map(pages.map((page) => [page.pageId, page]))
  const handedOver = new Set(pages.flatMap((page) => (page.isHandedOver ? (page.applicationId ?? []) : [])))
  const decided = new Set(pages.flatMap((page) => (page.isDecided ? (page.applicationId ?? []) : [])))
  const before: PagePlace[] = []
  const after: PagePlace[] = []
  for (const place of wanted) {
    const page = now.get(place.pageId)
    if (!page?.isDivided) return changed
    if (isSamePlace(page, place)) continue
    const [from, to] = [membership(page), membership(place)]
    const moves = from !== to || (from !== null && page.position !== place.position)
    if (moves && isAnyIn(decided, from, to)) return refuse('application.decided')
    if (moves && isAnyIn(handedOver, from, to)) return refuse('application.handed_over')
    before.push(toPlace(page))
    after.push(toPlace(place))
  }
  return after.length === 0 ? changed : { ok: true, before, after }
}

function isAnyIn(ids: ReadonlySet<string>, ...applicationIds: (string | null)[]): boolean {
  return applicationIds.some((id) => id !== null && ids.has(id))
}

/** The application that a page is one of the pages of. */
function membership({ applicationId, leftOut }: PagePlace): string | null {
  return leftOut === null ? applicationId : null
}

function putInOrder(pages: readonly PlacedPage[], applicationId: string): PagePlace[] {
  return pages.map((page, index) => ({ ...page, applicationId, position: index + 1 }))
}

function listPages(pages: readonly PlacedPage[], applicationId: string | null): PlacedPage[] {
  const own = applicationId === null ? [] : pages.filter((page) => page.applicationId === applicationId)
  return own.toSorted((a, b) => (a.position ?? afterAll) - (b.position ?? afterAll))
}

const afterAll = 1_000_000

/** The applications that have pages, in the order in which their first pages lie. */
function listDocuments(pages: readonly PlacedPage[]): string[] {
  return [...new Set(pages.flatMap((page) => membership(page) ?? []))]
}

function toPlace({ pageId, applicationId, position, answer, leftOut, holds }: PagePlace): PagePlace {
  return { pageId, applicationId, position, answer, leftOut, holds }
}

function isSamePlace(one: PagePlace | undefined, other: PagePlace): boolean {
  return one !== undefined && JSON.stringify(toPlace(one)) === JSON.stringify(toPlace(other))
}
