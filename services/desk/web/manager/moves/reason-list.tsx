import { BodyShort } from '@navikt/ds-react'
import type { PlanReasons } from '@tasain/contracts'
import { useTexts } from '../../shell/language/language.tsx'
import type { Places } from '../../shell/parts/places.ts'
import { explainQueues, explainSaving, explainWhy, reasonTexts } from './reason-texts.ts'

type Props = {
  reasons: PlanReasons
  from: string
  to: string
  places: Places
  /** Names a rule by its id as plans write it. */
  nameRule: (id: string) => string
}

/** Why work went from one office to another, in words: queues before and after, saving, rules, and why not elsewhere. */
export function ReasonList({ reasons, from, to, places, nameRule }: Props) {
  const t = useTexts(reasonTexts)
  return (
    <div className="reasons">
      <ul>
        {explainQueues(reasons, places.name(from), places.name(to), t).map((line) => (
          <li key={line}>{line}</li>
        ))}
        <li>{explainSaving(reasons.saving, t)}</li>
      </ul>
      <section>
        <BodyShort size="small" weight="semibold">
          {t.rules}
        </BodyShort>
        <Lines lines={reasons.rules.map(nameRule)} none={t.noRules} />
      </section>
      <section>
        <BodyShort size="small" weight="semibold">
          {t.alternatives}
        </BodyShort>
        <Lines
          lines={reasons.alternatives.map(({ office, why, rule }) => {
            const words = explainWhy(why, t)
            const named = rule ? `${words} (${nameRule(rule)})` : words
            return t.alternative(places.name(office), named)
          })}
          none={t.noAlternatives}
        />
      </section>
    </div>
  )
}

function Lines({ lines, none }: { lines: readonly string[]; none: string }) {
  if (lines.length === 0) return <p className="quiet hint">{none}</p>
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
