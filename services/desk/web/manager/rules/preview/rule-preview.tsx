import { BodyLong, BodyShort, Button, Heading, ProgressBar } from '@navikt/ds-react'
import type { PreviewRule } from '@tasain/contracts'
import { useEffect, useId, useState } from 'react'
import { useTexts } from '../../../shell/language/language.tsx'
import { RefusalAlert } from '../../../shell/parts/refusal-alert.tsx'
import { LevellingStopped } from '../../situation/levelling-panel.tsx'
import { managerTexts } from '../../texts.ts'
import { useRulePreview } from '../rules.ts'
import { PreviewResult } from './preview-result.tsx'

/** What the rule would do: asked for by hand, since it takes a while, and kept until the rule is another. */
export function RulePreview({ written, isComplete }: { written: PreviewRule; isComplete: boolean }) {
  const t = useTexts(managerTexts).preview
  const [asked, setAsked] = useState<PreviewRule>()
  const query = useRulePreview(asked)
  const isOutdated = asked !== undefined && JSON.stringify(asked) !== JSON.stringify(written)
  return (
    <section className="stack">
      <div>
        <Heading level="2" size="xsmall">
          {t.heading}
        </Heading>
        <BodyLong size="small" className="quiet">
          {isComplete ? t.lead : t.incomplete}
        </BodyLong>
      </div>
      <LevellingStopped />
      {query.isFetching ? (
        <Running onCancel={() => setAsked(undefined)} />
      ) : (
        <div>
          <Button
            type="button"
            size="small"
            variant="secondary"
            disabled={!isComplete}
            onClick={() => setAsked({ ...written })}
          >
            {asked ? t.again : t.run}
          </Button>
        </div>
      )}
      {query.error && !query.isFetching && <RefusalAlert refusal={query.error} />}
      {asked && isOutdated && query.data && <BodyShort size="small">{t.outdated}</BodyShort>}
      {asked && query.data && <PreviewResult preview={query.data} />}
    </section>
  )
}

/** Roughly how long it takes; the bar goes on beyond it without an end in sight. */
const usualSeconds = 15

function Running({ onCancel }: { onCancel: () => void }) {
  const t = useTexts(managerTexts).preview
  const label = useId()
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <div className="stack">
      <BodyShort size="small" id={label}>
        {t.running(seconds)}
      </BodyShort>
      <ProgressBar
        size="small"
        value={Math.min(seconds, usualSeconds - 1)}
        valueMax={usualSeconds}
        aria-labelledby={label}
      />
      <div>
        <Button type="button" size="small" variant="tertiary" onClick={onCancel}>
          {t.cancel}
        </Button>
      </div>
    </div>
  )
}
