import { Alert, Button } from '@navikt/ds-react'
import type { MouseEvent, ReactNode } from 'react'
import { showTime } from '../language/format.ts'
import { useLanguage, useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import type { StoredDraft } from './draft.ts'
import type { NotedDraft } from './use-draft.ts'

type Props = { draft: NotedDraft }

/** Says beside a form how its draft stands, and lets the person throw it away or choose between two. */
export function DraftNote({ draft }: Props) {
  const { typed, newer, discarded } = draft.state
  if (!newer && !discarded && typed === undefined) return null
  return (
    <div className="draft-note">
      {newer ? (
        <Newer draft={draft} newer={newer} />
      ) : discarded ? (
        <Discarded draft={draft} />
      ) : (
        <Standing draft={draft} />
      )}
    </div>
  )
}

/** Two windows of one person have written; one of the two stays. */
function Newer({ draft, newer }: Props & { newer: StoredDraft }) {
  const t = useTexts(shellTexts).drafts
  return (
    <Alert variant="warning" size="small" role="status">
      {t.newer(showTime(newer.savedAt))}
      <div className="row gap-above">
        <Action onClick={draft.takeNewer}>{t.takeNewer}</Action>
        <Action onClick={draft.keepMine}>{t.keepMine}</Action>
      </div>
    </Alert>
  )
}

function Discarded({ draft }: Props) {
  const t = useTexts(shellTexts).drafts
  return (
    <div className="row hint quiet" role="status">
      {t.discarded} <Action onClick={draft.restore}>{t.restore}</Action>
    </div>
  )
}

function Standing({ draft }: Props) {
  const t = useTexts(shellTexts).drafts
  const { isSaved, savedAt, problem } = draft.state
  return (
    <>
      {draft.isStale && (
        <Alert variant="warning" size="small" role="status">
          {t.stale}
        </Alert>
      )}
      {!isSaved && problem && <Unsaved draft={draft} />}
      <div className="row hint quiet">
        {savedAt === null ? !problem && t.saving : t.saved(showTime(savedAt))}
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
  // Leaving a field may bring its fault to light and move this button from under the pointer: the field keeps the focus.
  const stay = (event: MouseEvent) => event.preventDefault()
  return (
    <Button type="button" size="xsmall" variant="tertiary" onMouseDown={stay} onClick={onClick}>
      {children}
    </Button>
  )
}
