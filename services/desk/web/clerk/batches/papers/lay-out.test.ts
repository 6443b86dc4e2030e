import type { BatchDetail, BatchPage, ScanSummary } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { findNextAsked, findQuestion, findStep, layOut, listPapers } from './lay-out.ts'

const page = (id: string, applicationId: string | null, part: Partial<BatchPage> = {}): BatchPage => ({
  id,
  number: 1,
  state: 'read',
  reason: null,
  applicationId,
  role: 'page',
  cover: null,
  question: null,
  answer: null,
  twinId: null,
  leftOut: null,
  ...part,
})
const scan = (id: string, pages: BatchPage[], part: Partial<ScanSummary> = {}): ScanSummary => ({
  id,
  fileName: `${id}.pdf`,
  mediaType: 'application/pdf',
  bytes: 1,
  storedAt: '2026-11-21T08:00:00.000Z',
  pages,
  applicationId: null,
  duplicateOf: null,
  settledAs: null,
  ...part,
})
const document = (applicationId: string, ...pageIds: string[]): BatchDetail['documents'][number] => ({
  applicationId,
  state: 'incomplete',
  task: null,
  formCode: null,
  benefit: null,
  language: null,
  pageIds,
})

const stack = scan('stack', [
  page('cover', null, { role: 'cover', question: 'other_cover' }),
  page('a1', 'a'),
  page('a2', 'a', { question: 'blank', answer: 'kept' }),
  page('sheet', null, { role: 'separator' }),
  page('b1', 'b', { question: 'blank' }),
])
const again = scan('again', [page('x1', null, { state: 'duplicate' }), page('x2', null, { state: 'duplicate' })])
const detail = { scans: [stack, again], documents: [document('a', 'a2', 'a1'), document('b', 'b1')] } as BatchDetail
const items = layOut(detail)

test('a batch lies as it was scanned, the pages of a document in the order they were put into', () => {
  expect(items.map(({ kind, papers }) => [kind, ...papers.map((paper) => paper.page.id)])).toEqual([
    ['sheet', 'cover'],
    ['document', 'a2', 'a1'],
    ['sheet', 'sheet'],
    ['document', 'b1'],
    ['copies', 'x1', 'x2'],
  ])
  expect(items.flatMap((item) => (item.kind === 'document' ? [item.place] : []))).toEqual([1, 2])
})

test('what is asked and not answered is found, one after another and round again', () => {
  const papers = listPapers(items)
  expect(papers.map(findQuestion)).toEqual([
    'other_cover',
    undefined,
    undefined,
    undefined,
    'blank',
    'same_file',
    'same_file',
  ])
  expect(findNextAsked(papers, undefined)).toBe('cover')
  expect(findNextAsked(papers, 'cover')).toBe('b1')
  expect(findNextAsked(papers, 'x2')).toBe('cover')
  expect(findNextAsked(papers.slice(1, 4), 'a1')).toBeUndefined()
  const settled = layOut({ ...detail, scans: [{ ...again, settledAs: 'duplicate' }] })
  expect(listPapers(settled).map(findQuestion)).toEqual([undefined, undefined])
})

test('a page steps past its neighbour, and at the edge into the document beside', () => {
  expect(findStep(items, 'a2', 1)).toEqual({ applicationId: 'a', before: null })
  expect(findStep(items, 'a1', -1)).toEqual({ applicationId: 'a', before: 'a2' })
  expect(findStep(items, 'a1', 1)).toEqual({ applicationId: 'b', before: 'b1' })
  expect(findStep(items, 'b1', -1)).toEqual({ applicationId: 'a', before: null })
  expect(findStep(items, 'a2', -1)).toBeUndefined()
  expect(findStep(items, 'b1', 1)).toBeUndefined()
  expect(findStep(items, 'sheet', 1)).toBeUndefined()
})
