import { BodyShort, Button, Heading } from '@navikt/ds-react'
import type { BatchDetail } from '@tasain/contracts'
import { useTexts } from '../../../shell/language/language.tsx'
import { Sheet } from '../../../shell/papers/sheet.tsx'
import { usePlaces } from '../../../shell/parts/places.ts'
import { SendButton } from '../../../shell/parts/send-button.tsx'
import { clerkTexts } from '../../texts.ts'
import { findQuestion, type Paper } from './lay-out.ts'
import { listRights, type Papers } from './use-papers.ts'

type Props = { detail: BatchDetail; papers: Papers; selected: Paper }

/** The selected page large, what is asked about it, and what can be done with it. */
export function SelectedPaper({ detail, papers, selected }: Props) {
  const t = useTexts(clerkTexts).papers
  const { page, scan } = selected
  const twin = papers.papers.find((paper) => paper.page.id === page.twinId)
  return (
    <section className="viewer paper-view" aria-label={t.selected}>
      <div className="paper-tools">
        <Heading level="3" size="xsmall">
          {t.page(page.number, scan.fileName)}
        </Heading>
        <QuestionBar papers={papers} selected={selected} />
        <Actions detail={detail} papers={papers} selected={selected} />
      </div>
      <div className={twin ? 'paper-pair' : undefined}>
        <LargePage paper={selected} />
        {twin && (
          <figure className="paper-twin">
            <figcaption className="quiet">
              {t.twin}: {t.page(twin.page.number, twin.scan.fileName)}
            </figcaption>
            <LargePage paper={twin} />
          </figure>
        )}
      </div>
    </section>
  )
}

// Before it is read a page has no upright size; the sheet then takes it for A4.
function LargePage({ paper: { page } }: { paper: Paper }) {
  const viewed = { id: page.id, number: page.number, width: 0, height: 0, text: '' }
  return <Sheet key={page.id} page={viewed} zoom={100} turned={0} boxes={[]} />
}

function QuestionBar({ papers, selected }: Pick<Props, 'papers' | 'selected'>) {
  const t = useTexts(clerkTexts).papers
  const places = usePlaces()
  const question = findQuestion(selected)
  if (question === undefined) return null
  const { cover } = selected.page
  const words =
    question === 'other_cover'
      ? t.questions.other_cover(places.name(cover?.office ?? ''), cover?.batchNumber ?? 0)
      : t.questions[question]
  return (
    <div className="paper-question">
      <BodyShort size="small" aria-live="polite">
        {words}
      </BodyShort>
      <div className="row">
        <SendButton size="small" isShared isBusy={papers.isBusy} onClick={() => papers.answer('accept')}>
          {t.accept[question]} <Key name={t.keys.accept} />
        </SendButton>
        <SendButton
          size="small"
          variant="secondary"
          isShared
          isBusy={papers.isBusy}
          onClick={() => papers.answer('keep')}
        >
          {t.keep[question]} <Key name={t.keys.keep} />
        </SendButton>
      </div>
    </div>
  )
}

function Actions({ detail, papers, selected }: Props) {
  const t = useTexts(clerkTexts).papers
  const { actions, keys } = t
  const may = listRights(papers.items, selected)
  const button = { size: 'xsmall', variant: 'tertiary', isBusy: papers.isBusy, isShared: true } as const
  return (
    <div className="row">
      <SendButton {...button} isIdle={!may.split} onClick={() => papers.change('split')}>
        {actions.split} <Key name={keys.split} />
      </SendButton>
      <SendButton {...button} isIdle={!may.join} onClick={() => papers.change('join')}>
        {actions.join} <Key name={keys.join} />
      </SendButton>
      <SendButton {...button} isIdle={!may.move} onClick={() => papers.move(-1)}>
        {actions.back}
      </SendButton>
      <SendButton {...button} isIdle={!may.move} onClick={() => papers.move(1)}>
        {actions.on}
      </SendButton>
      {may.takeBack ? (
        <SendButton {...button} onClick={() => papers.change('take_back')}>
          {actions.takeBack} <Key name={keys.setAside} />
        </SendButton>
      ) : (
        <SendButton {...button} isIdle={!may.setAside} onClick={() => papers.change('set_aside')}>
          {actions.setAside} <Key name={keys.setAside} />
        </SendButton>
      )}
      {may.readAgain && (
        <SendButton {...button} onClick={() => papers.settleScan(selected.scan.id, 'read_again')}>
          {actions.readAgain}
        </SendButton>
      )}
      {detail.lastChange && (
        <SendButton {...button} variant="secondary" onClick={papers.undo}>
          {actions.undo}: {t.undoOf[detail.lastChange.kind]} <Key name={keys.undo} />
        </SendButton>
      )}
      {detail.batch.counts.asked > 0 && (
        <Button type="button" size="xsmall" variant="tertiary" onClick={papers.goToAsked}>
          {actions.next} <Key name={keys.next} />
        </Button>
      )}
    </div>
  )
}

/** The key that does the same; no part of the button's name. */
function Key({ name }: { name: string }) {
  return (
    <kbd className="key-hint" aria-hidden>
      {name.toUpperCase()}
    </kbd>
  )
}
