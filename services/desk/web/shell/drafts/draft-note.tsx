import { Alert, Button } from '@navikt/ds-react'
import type { ReactNode } from 'react'
import { showTime } from '../language/format.ts'
import { useLanguage, useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import type { NotedDraft } from './use-draft.ts'

type Props = { draft: NotedDraft }

/** Says beside a form how its draft stands, and lets the person throw it away or choose between two. */
export function DraftNote({ draft }: Props) {
  const t = useTexts(shellTexts).drafts
  const { typed, isSaved, savedAt, problem, newer, discarded } = draft.state
  if (newer)
    return (
      <Alert variant="warning" size="small" role="status">
        {t.newer(showTime(newer.savedAt))}
        <div className="row gap-above">
          <Action onClick={draft.takeNewer}>{t.takeNewer}</Action>
          <Action onClick={draft.keepMine}>{t.keepMine}</Action>
        </div>
      </Alert>
    )
  if (discarded)
    return (
      <div className="row hint quiet" role="status">
        {t.discarded} <Action onClick={draft.restore}>{t.restore}</Action>
      </div>
    )
  if (typed === undefined) return null
  return (
    <>
      {draft.isStale && (
        <Alert variant="warning" size="small" role="status">
          {t.stale}
        </Alert>
      )}
      {!isSaved && problem && <Unsaved draft={draft} />}
      <div className="row hint quiet">
        {isSaved && savedAt !== null ? t.saved(showTime(savedAt)) : !problem && t.saving}
        <Action onClick={draft.discard}>{t.discard}</Action>
      </div>
    </>
  )
}

function Unsaved({ draft: { state } }: Props) {
  const t = useTexts(shellTexts).drafts
  const { language } = useLanguage()
  const isCut = state.problem?.mayPass === true
  return (
    <Alert variant="warning" size="small" role="status">
      {isCut ? t.cut : `${t.unsaved} ${state.problem?.words[language] ?? ''}`}
    </Alert>
  )
}

function Action({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Button type="button" size="xsmall" variant="tertiary" onClick={onClick}>
      {children}
    </Button>
  )
}
