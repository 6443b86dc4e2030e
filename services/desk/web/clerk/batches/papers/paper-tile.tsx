import { BodyShort } from '@navikt/ds-react'
import type { KeyboardEvent } from 'react'
import { useTexts } from '../../../shell/language/language.tsx'
import { Thumbnail } from '../../../shell/papers/thumbnails.tsx'
import { shellTexts } from '../../../shell/texts.ts'
import { clerkTexts } from '../../texts.ts'
import { PageStateMark } from '../page-state.tsx'
import { draggedPage, listDropping } from './dropping.ts'
import { findQuestion, type Paper } from './lay-out.ts'
import { listRights, type Papers } from './use-papers.ts'

type Props = { paper: Paper; papers: Papers; onDrop?: (pageId: string) => void }

/** A page in small, with what is asked or was decided about it. Selecting it shows it large; it can be dragged. */
export function PaperTile({ paper, papers, onDrop }: Props) {
  const { viewer } = useTexts(shellTexts)
  const { page, scan } = paper
  const isSelected = papers.selected?.page.id === page.id
  const listen = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined
    if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    if (event.shiftKey) papers.move(by)
    else papers.step(by)
  }
  return (
    <button
      type="button"
      className={`paper-tile${page.leftOut === null ? '' : ' paper-out'}`}
      data-page={page.id}
      tabIndex={isSelected ? 0 : -1}
      aria-current={isSelected}
      draggable={listRights(papers.items, paper).move}
      onDragStart={(event) => event.dataTransfer.setData(draggedPage, page.id)}
      onClick={() => papers.select(page.id)}
      onKeyDown={listen}
      {...listDropping(onDrop)}
    >
      <Thumbnail pageId={page.id} />
      <span>{viewer.thumbnail(page.number)}</span>
      <span className="aksel-sr-only">{scan.fileName}</span>
      <PaperMark paper={paper} />
    </button>
  )
}

function PaperMark({ paper }: { paper: Paper }) {
  const t = useTexts(clerkTexts).papers
  const mark = describeMark(paper, t)
  if (mark)
    return (
      <BodyShort as="span" size="small" className={mark.tone}>
        {mark.words}
      </BodyShort>
    )
  return paper.page.role === 'page' ? <PageStateMark state={paper.page.state} /> : null
}

type Words = (typeof clerkTexts)['fi']['papers']

/** What is asked about a page, else why it is left out, else what was answered. */
function describeMark(paper: Paper, t: Words): { words: string; tone: string } | undefined {
  const { leftOut, question, answer } = paper.page
  const asked = findQuestion(paper)
  if (asked) return { words: t.asked[asked], tone: 'state-doubt' }
  if (leftOut) return { words: t.leftOut[leftOut], tone: 'quiet' }
  if (question && answer) return { words: t[answer][question], tone: 'quiet' }
  return undefined
}
