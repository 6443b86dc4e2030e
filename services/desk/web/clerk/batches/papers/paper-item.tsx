import { BodyShort, Heading, Tag } from '@navikt/ds-react'
import { Link } from 'react-router'
import { showMoment } from '../../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../../shell/language/language.tsx'
import { usePlaces } from '../../../shell/parts/places.ts'
import { RefusalAlert } from '../../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../../shell/parts/send-button.tsx'
import { nameBenefit, shellTexts } from '../../../shell/texts.ts'
import { isClosed, nameStanding } from '../../standing.ts'
import { clerkTexts } from '../../texts.ts'
import { SetAsideReasons } from '../page-state.tsx'
import { listDropping } from './dropping.ts'
import { findQuestion, type Item, type Paper } from './lay-out.ts'
import { PaperTile } from './paper-tile.tsx'
import type { Papers } from './use-papers.ts'

type Props<K extends Item['kind']> = { item: Extract<Item, { kind: K }>; papers: Papers }

/** A document, a sheet that orders the papers, or a file that was scanned before. */
export function PaperItem({ item, papers }: Props<Item['kind']>) {
  if (item.kind === 'document') return <DocumentCard item={item} papers={papers} />
  if (item.kind === 'sheet') return <SheetStrip item={item} papers={papers} />
  return <CopiesCard item={item} papers={papers} />
}

function DocumentCard({ item, papers }: Props<'document'>) {
  const t = useTexts(clerkTexts)
  const shell = useTexts(shellTexts)
  const { language } = useLanguage()
  const { state, formCode, benefit, applicationId } = item.document
  const facts = [formCode, benefit && nameBenefit(benefit, language)].filter(Boolean).join(' · ')
  const drop = (pageId: string) => papers.drop(pageId, applicationId, null)
  return (
    <section className="card document">
      <div className="row">
        <Heading level="3" size="xsmall">
          {t.papers.document(item.place)}
        </Heading>
        <Tag size="small" variant={state === 'incomplete' ? 'warning' : 'info'}>
          {nameStanding(item.document, t.standing, shell)}
        </Tag>
        <span className="quiet">{facts}</span>
        {(state === 'incomplete' || state === 'unidentified') && (
          <Link className="small-link" to={`/check/${applicationId}`}>
            {t.batches.checkThis}
          </Link>
        )}
      </div>
      <DocumentNote item={item} />
      <ol className="scan-pages" {...listDropping(drop)}>
        {item.papers.map((paper) => (
          <li key={paper.page.id}>
            <PaperTile
              paper={paper}
              papers={papers}
              onDrop={(pageId) => papers.drop(pageId, applicationId, paper.page.id)}
            />
          </li>
        ))}
      </ol>
      <PaperOutcome item={item} papers={papers} />
      <SetAsideReasons pages={item.papers.map(({ page }) => page)} />
    </section>
  )
}

/** How the change goes that was last made to a page of this card, and why it was refused; where the eyes of whoever made it are. */
function PaperOutcome({ item, papers }: Props<Item['kind']>) {
  const t = useTexts(clerkTexts).papers
  const { acted } = papers
  if (!acted || !(item.papers as Paper[]).some(({ page }) => page.id === acted.pageId)) return null
  return (
    <div>
      <BodyShort as="div" size="small" className="quiet" role="status">
        {papers.isBusy && (acted.isHeldUp ? t.heldUp : t.changing)}
      </BodyShort>
      {acted.error && <RefusalAlert refusal={acted.error} />}
    </div>
  )
}

function DocumentNote({ item }: { item: Extract<Item, { kind: 'document' }> }) {
  const t = useTexts(clerkTexts).papers
  const notes = {
    reading: t.unread,
    handed_over: t.handedOver,
    withdrawn: t.leftOutAll,
    incomplete: '',
    unidentified: '',
  }
  const note = isClosed(item.document) ? t.closed : notes[item.document.state]
  return note === '' ? null : (
    <BodyShort size="small" className="quiet">
      {note}
    </BodyShort>
  )
}

function SheetStrip({ item, papers }: Props<'sheet'>) {
  const t = useTexts(clerkTexts).papers
  const { language } = useLanguage()
  const { languages } = useTexts(shellTexts)
  const places = usePlaces()
  const [paper] = item.papers
  const { cover } = paper.page
  const says = cover && [
    t.coverSays(places.name(cover.office), cover.batchNumber),
    cover.benefit && nameBenefit(cover.benefit, language),
    cover.language && languages[cover.language],
    findQuestion(paper) === undefined && (cover.holds ? t.coverHolds : t.coverHoldsNot),
  ]
  return (
    <section className="card sheet-strip">
      <PaperTile paper={paper} papers={papers} />
      <div>
        <Heading level="3" size="xsmall">
          {cover ? t.cover : t.separator}
        </Heading>
        {says && <BodyShort size="small">{says.filter(Boolean).join(' · ')}</BodyShort>}
        <PaperOutcome item={item} papers={papers} />
      </div>
    </section>
  )
}

function CopiesCard({ item, papers }: Props<'copies'>) {
  const t = useTexts(clerkTexts)
  const { scan } = item
  return (
    <section className="card document">
      <div className="row">
        <Heading level="3" size="xsmall">
          {t.papers.copies}
        </Heading>
        {scan.duplicateOf && (
          <span className="quiet">
            {t.papers.copiesOf}{' '}
            <Link to={`/batches/${scan.duplicateOf.batchId}`}>{showMoment(scan.duplicateOf.storedAt)}</Link>
          </span>
        )}
      </div>
      <ol className="scan-pages">
        {item.papers.map((paper) => (
          <li key={paper.page.id}>
            <PaperTile paper={paper} papers={papers} />
          </li>
        ))}
      </ol>
      <PaperOutcome item={item} papers={papers} />
      {scan.settledAs === 'duplicate' && (
        <div className="row">
          <BodyShort size="small">{t.papers.copiesSettled}</BodyShort>
          <SendButton
            size="xsmall"
            variant="tertiary"
            isShared
            isBusy={papers.isBusy}
            onClick={() => papers.settleScan(scan.id, 'undecided')}
          >
            {t.batches.undoDuplicate}
          </SendButton>
        </div>
      )}
    </section>
  )
}
