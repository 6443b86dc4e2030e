import { BodyShort, Heading } from '@navikt/ds-react'
import type { BatchDetail } from '@tasain/contracts'
import { useEffect, useRef } from 'react'
import { useShortcuts } from '../../../shell/frame/shortcuts.tsx'
import { useTexts } from '../../../shell/language/language.tsx'
import { Empty } from '../../../shell/parts/empty.tsx'
import { clerkTexts } from '../../texts.ts'
import { PaperItem } from './paper-item.tsx'
import { SelectedPaper } from './selected-paper.tsx'
import { type Papers, usePapers } from './use-papers.ts'

/** The papers of a batch as they lie: documents, the sheets between them, and what is asked about each page. */
export function BatchPapers({ detail }: { detail: BatchDetail }) {
  const t = useTexts(clerkTexts).papers
  const papers = usePapers(detail)
  usePaperKeys(papers)
  const list = useFollowedFocus(papers.selected?.page.id)
  return (
    <section>
      <Heading level="2" size="small">
        {t.title}
      </Heading>
      {papers.selected === undefined ? (
        <Empty>{t.none}</Empty>
      ) : (
        <>
          <BodyShort size="small" className="quiet gap-below">
            {t.keysHelp}
          </BodyShort>
          <div className="split papers">
            <div ref={list} className="stack">
              {papers.items.map((item) => (
                <PaperItem key={item.id} item={item} papers={papers} />
              ))}
            </div>
            <SelectedPaper detail={detail} papers={papers} selected={papers.selected} />
          </div>
        </>
      )}
    </section>
  )
}

function usePaperKeys(papers: Papers): void {
  const { actions, keys } = useTexts(clerkTexts).papers
  useShortcuts([
    { key: keys.accept, label: actions.accept, run: () => papers.answer('accept') },
    { key: keys.keep, label: actions.keep, run: () => papers.answer('keep') },
    { key: keys.next, label: actions.next, run: papers.goToAsked },
    { key: keys.split, label: actions.split, run: () => papers.change('split') },
    { key: keys.join, label: actions.join, run: () => papers.change('join') },
    {
      key: keys.setAside,
      label: `${actions.setAside} / ${actions.takeBack}`,
      run: () => papers.change(papers.selected?.page.leftOut == null ? 'set_aside' : 'take_back'),
    },
    { key: keys.undo, label: actions.undo, run: papers.undo },
  ])
}

/** Moves the focus along with the selection, and after a page that has gone elsewhere in the list. */
function useFollowedFocus(pageId: string | undefined) {
  const list = useRef<HTMLDivElement>(null)
  const wasOnPage = useRef(false)
  const followed = useRef(pageId)
  useEffect(() => {
    const look = ({ target }: FocusEvent) => {
      wasOnPage.current = target instanceof HTMLElement && target.dataset['page'] !== undefined
    }
    document.addEventListener('focusin', look)
    return () => document.removeEventListener('focusin', look)
  }, [])
  useEffect(() => {
    const isElsewhere = followed.current !== pageId || document.activeElement === document.body
    followed.current = pageId
    if (wasOnPage.current && isElsewhere) list.current?.querySelector<HTMLElement>(`[data-page="${pageId}"]`)?.focus()
  })
  return list
}
