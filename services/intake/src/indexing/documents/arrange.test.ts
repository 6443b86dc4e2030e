import { expect, test } from 'vitest'
import { type PlacedPage, planChange, planUndo } from './arrange.ts'

const page = (pageId: string, applicationId: string | null, part: Partial<PlacedPage> = {}): PlacedPage => ({
  pageId,
  applicationId,
  position: null,
  answer: null,
  leftOut: null,
  holds: null,
  question: null,
  isDivided: true,
  isHandedOver: false,
  isDecided: false,
  ...part,
})
const pages = [page('1', 'a'), page('2', 'a'), page('3', 'a', { question: 'blank' }), page('4', 'b'), page('5', 'c')]
const plan = (wish: Parameters<typeof planChange>[1], among: readonly PlacedPage[] = pages) =>
  planChange(among, wish, () => 'new')

/** Where the pages are once the plan is carried out: their application and their place in it. */
function carryOut(planned: ReturnType<typeof planChange>, among: readonly PlacedPage[] = pages): PlacedPage[] {
  if (!planned.ok) throw new Error(planned.code)
  const after = new Map(planned.after.map((place) => [place.pageId, place]))
  return among.map((one) => ({ ...one, ...after.get(one.pageId) }))
}
const describe = (placed: readonly PlacedPage[]) =>
  placed.map(({ pageId, applicationId, position, leftOut }) =>
    [pageId, applicationId, position, leftOut].filter((part) => part !== null).join(' '),
  )

test('a split takes the page and all behind it into a new document', () => {
  expect(describe(carryOut(plan({ do: 'split', pageId: '2' })))).toEqual(['1 a', '2 new', '3 new', '4 b', '5 c'])
  expect(plan({ do: 'split', pageId: '1' })).toEqual({ ok: false, code: 'batch.changed' })
})

test('a join puts a document behind the one before it', () => {
  const joined = carryOut(plan({ do: 'join', pageId: '4' }))
  expect(describe(joined)).toEqual(['1 a 1', '2 a 2', '3 a 3', '4 a 4', '5 c'])
  const again = carryOut(plan({ do: 'join', pageId: '5' }, joined), joined)
  expect(describe(again)).toEqual(['1 a 1', '2 a 2', '3 a 3', '4 a 4', '5 a 5'])
  expect(plan({ do: 'join', pageId: '1' })).toEqual({ ok: false, code: 'batch.changed' })
})

test('a page moves before another one, or to the end, in its own document too', () => {
  const moved = carryOut(plan({ do: 'move', pageId: '5', applicationId: 'a', before: '2' }))
  expect(describe(moved)).toEqual(['1 a 1', '2 a 3', '3 a 4', '4 b', '5 a 2'])
  const back = carryOut(plan({ do: 'move', pageId: '1', applicationId: 'a', before: null }, moved), moved)
  expect(describe(back)).toEqual(['1 a 4', '2 a 2', '3 a 3', '4 b', '5 a 1'])
  expect(plan({ do: 'move', pageId: '1', applicationId: 'z', before: null })).toMatchObject({ ok: false })
  expect(plan({ do: 'move', pageId: '1', applicationId: 'b', before: '2' })).toMatchObject({ ok: false })
})

test('a blank page that is one is left out, one that is none stays; either can be thought over', () => {
  const accepted = carryOut(plan({ do: 'accept', pageId: '3' }))
  expect(accepted[2]).toMatchObject({ answer: 'accepted', leftOut: 'blank', applicationId: 'a' })
  const kept = carryOut(plan({ do: 'keep', pageId: '3' }, accepted), accepted)
  expect(kept[2]).toMatchObject({ answer: 'kept', leftOut: null })
  expect(plan({ do: 'accept', pageId: '1' })).toEqual({ ok: false, code: 'batch.changed' })
})

test('any page can be left out and taken back', () => {
  const aside = carryOut(plan({ do: 'set_aside', pageId: '4' }))
  expect(describe(aside)).toContain('4 b set_aside')
  expect(describe(carryOut(plan({ do: 'take_back', pageId: '4' }, aside), aside))).toEqual(describe(pages))
  // A document all of whose pages are left out is none that something could be joined to.
  expect(describe(carryOut(plan({ do: 'join', pageId: '5' }, aside), aside))).toContain('5 a 4')
})

test('an undo restores exactly what was, and is refused once something else has happened to the pages', () => {
  const planned = plan({ do: 'join', pageId: '4' })
  const joined = carryOut(planned)
  if (!planned.ok) throw new Error(planned.code)
  expect(carryOut(planUndo(joined, planned), joined)).toEqual(pages)
  const later = carryOut(plan({ do: 'split', pageId: '2' }, joined), joined)
  expect(planUndo(later, planned)).toEqual({ ok: false, code: 'batch.changed' })
})

test('what was handed over neither loses nor gets pages, nor another order; what is asked about it can be answered', () => {
  const handed = pages.map((one) => (one.applicationId === 'a' ? { ...one, isHandedOver: true } : one))
  const refused = { ok: false, code: 'application.handed_over' }
  expect(plan({ do: 'split', pageId: '2' }, handed)).toEqual(refused)
  expect(plan({ do: 'join', pageId: '4' }, handed)).toEqual(refused)
  expect(plan({ do: 'move', pageId: '1', applicationId: 'b', before: null }, handed)).toEqual(refused)
  expect(plan({ do: 'move', pageId: '1', applicationId: 'a', before: '3' }, handed)).toEqual(refused)
  expect(plan({ do: 'set_aside', pageId: '1' }, handed)).toEqual(refused)
  expect(carryOut(plan({ do: 'accept', pageId: '3' }, handed), handed)[2]).toMatchObject({
    answer: 'accepted',
    leftOut: null,
  })
  expect(plan({ do: 'join', pageId: '5' }, handed).ok).toBe(true)
})

test('a page left out before its application was handed over can be made a document of its own', () => {
  const handed = pages.map((one) => (one.applicationId === 'a' ? { ...one, isHandedOver: true } : one))
  const left = handed.map((one) => (one.pageId === '3' ? { ...one, leftOut: 'blank' as const } : one))
  expect(plan({ do: 'take_back', pageId: '3' }, left)).toMatchObject({ code: 'application.handed_over' })
  const split = carryOut(plan({ do: 'split', pageId: '3' }, left), left).map((one) =>
    one.pageId === '3' ? { ...one, isHandedOver: false } : one,
  )
  expect(describe(carryOut(plan({ do: 'take_back', pageId: '3' }, split), split))).toContain('3 new')
})

test('a stack that is not read yet is left alone', () => {
  const unread = pages.map((one) => ({ ...one, isDivided: one.applicationId !== 'a' }))
  expect(plan({ do: 'split', pageId: '2' }, unread)).toMatchObject({ ok: false })
  expect(plan({ do: 'join', pageId: '4' }, unread)).toMatchObject({ ok: false })
})
