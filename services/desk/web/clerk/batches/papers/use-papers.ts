import type { ArrangeBatch, BatchDetail } from '@tasain/contracts'
import { useState } from 'react'
import { useTexts } from '../../../shell/language/language.tsx'
import { announce } from '../../../shell/parts/announcer.tsx'
import { clerkTexts } from '../../texts.ts'
import { type Settlement, useArrange, useSettleScan, useUndo } from '../batches.ts'
import { findNextAsked, findQuestion, findStep, type Item, layOut, listPapers, type Paper } from './lay-out.ts'

type Acted = { by: 'arrange' | 'undoing' | 'settle'; pageId: string | undefined }
export type Papers = ReturnType<typeof usePapers>

/** The papers of a batch, the one that is selected, and all that can be done with it. */
export function usePapers(detail: BatchDetail) {
  const t = useTexts(clerkTexts).papers
  const items = layOut(detail)
  const papers = listPapers(items)
  const [wished, setWished] = useState<string>()
  const selected = papers.find(({ page }) => page.id === wished) ?? papers[0]
  const select = (pageId: string | undefined) => pageId !== undefined && setWished(pageId)
  const { change, settleScan, undo, isBusy, acted } = useChanges(detail, selected?.page.id)
  return {
    items,
    papers,
    selected,
    select,
    isBusy,
    acted,
    step(by: 1 | -1) {
      const at = papers.findIndex(({ page }) => page.id === selected?.page.id)
      select(papers[Math.min(papers.length - 1, Math.max(0, at + by))]?.page.id)
    },
    goToAsked: () => select(findNextAsked(papers, selected?.page.id)),
    /** Answers what is asked about the selected page and goes on to the next question. */
    answer(how: 'accept' | 'keep') {
      if (!selected) return
      const question = findQuestion(selected)
      const next = () => select(findNextAsked(papers, selected.page.id))
      if (question === 'same_file')
        settleScan(selected.scan.id, how === 'accept' ? 'duplicate' : 'new', () => {
          announce(t.done[how])
          next()
        })
      else if (question) change({ do: how, pageId: selected.page.id }, next)
    },
    change(kind: 'split' | 'join' | 'set_aside' | 'take_back') {
      if (selected) change({ do: kind, pageId: selected.page.id })
    },
    /** Moves the selected page one step on or back. */
    move(by: 1 | -1) {
      const to = selected && findStep(items, selected.page.id, by)
      if (selected && to) change({ do: 'move', pageId: selected.page.id, ...to })
    },
    /** Puts a page into a document, before one of its pages or last. */
    drop(pageId: string, applicationId: string, before: string | null) {
      if (pageId === before) return
      select(pageId)
      change({ do: 'move', pageId, applicationId, before })
    },
    undo,
    settleScan: (scanId: string, as: 'undecided' | 'read_again') => settleScan(scanId, as),
  }
}

/** Changes of a batch's papers, one after another: whoever makes a second while the first is sent is told that it was not made. */
function useChanges({ batch, lastChange }: BatchDetail, selected: string | undefined) {
  const { done } = useTexts(clerkTexts).papers
  const arrange = useArrange(batch.id)
  const undoing = useUndo(batch.id)
  const settle = useSettleScan()
  const sendings = { arrange, undoing, settle }
  const isBusy = arrange.isBusy || undoing.isBusy || settle.isBusy
  const [acted, setActed] = useState<Acted>()
  const [isHeldUp, setIsHeldUp] = useState(false)
  const act = (by: Acted['by'], pageId: string | undefined, send: () => unknown) => {
    setIsHeldUp(isBusy)
    if (isBusy) return
    setActed({ by, pageId })
    send()
  }
  return {
    isBusy,
    /** The page that was last changed, and how that goes: it is told at that page. */
    acted: acted && { pageId: acted.pageId, error: sendings[acted.by].error, isHeldUp: isHeldUp && isBusy },
    change: (wish: ArrangeBatch, then: () => unknown = () => undefined) =>
      act('arrange', wish.pageId, () =>
        arrange.send(wish, () => {
          announce(done[wish.do])
          then()
        }),
      ),
    settleScan: (scanId: string, as: Settlement, then: () => unknown = () => undefined) =>
      act('settle', selected, () => settle.send({ scanId, as }, then)),
    undo: () => lastChange && act('undoing', selected, () => undoing.send(lastChange.id, () => announce(done.undo))),
  }
}

/** What may be done with a page, by what and where it is. */
export function listRights(items: readonly Item[], paper: Paper) {
  const item = items.find(({ papers }) => (papers as Paper[]).includes(paper))
  const document = item?.kind === 'document' ? item : undefined
  const isOpen =
    document !== undefined && document.document.state !== 'handed_over' && document.document.state !== 'reading'
  const place = document?.papers.indexOf(paper) ?? 0
  const isIn = isOpen && paper.page.leftOut === null
  return {
    split: isOpen && place > 0,
    join: isIn && (document?.place ?? 1) > 1,
    move: isIn,
    setAside: isIn,
    takeBack: isOpen && paper.page.leftOut !== null,
    readAgain: paper.page.state === 'set_aside',
  }
}
