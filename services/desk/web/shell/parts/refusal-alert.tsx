import { Alert, BodyShort, Button } from '@navikt/ds-react'
import { useEffect, useRef } from 'react'
import { useLanguage, useTexts } from '../language/language.tsx'
import { toRefusal } from '../server/refusal.ts'
import { shellTexts } from '../texts.ts'

// Asking again brings nothing where there is no such thing, or no right to it.
const lasting: ReadonlySet<string> = new Set(['request.not_found', 'right.missing'])

type Props = {
  refusal: unknown
  onRetry?: () => void
  /** It answers what somebody has just done, so it comes into sight; by itself when there is nothing to try again. */
  answersAct?: boolean
}

/** Says why something did not succeed and what to do, with the reference that finds the server's log line. */
export function RefusalAlert({ refusal, onRetry, answersAct = onRetry === undefined }: Props) {
  const alert = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (refusal && answersAct) alert.current?.scrollIntoView({ block: 'nearest' })
  }, [refusal, answersAct])
  const t = useTexts(shellTexts).states
  const { language } = useLanguage()
  const { code, words, reference } = toRefusal(refusal)
  return (
    <Alert ref={alert} variant="error" size="small" className="gap-below" role="alert">
      <BodyShort size="small">{words[language]}</BodyShort>
      {reference && (
        <BodyShort size="small" className="quiet">
          {t.reference}: <span translate="no">{reference}</span>
        </BodyShort>
      )}
      {onRetry && !lasting.has(code) && (
        <Button type="button" size="xsmall" variant="secondary" className="gap-above" onClick={onRetry}>
          {t.retry}
        </Button>
      )}
    </Alert>
  )
}
