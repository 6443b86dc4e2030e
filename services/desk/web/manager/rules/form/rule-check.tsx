import { Alert, BodyLong } from '@navikt/ds-react'
import type { PreviewRule, RuleCheck } from '@tasain/contracts'
import { useLanguage, useTexts } from '../../../shell/language/language.tsx'
import { RefusalAlert } from '../../../shell/parts/refusal-alert.tsx'
import { managerTexts } from '../../texts.ts'
import { sayWhole } from '../rule-words.ts'
import { type useRuleCheck, useRuleNames, useRuleSpeech } from '../rules.ts'
import { type RuleDraft, readValue } from './rule-draft.ts'

type Props = { draft: RuleDraft; written: PreviewRule; isComplete: boolean; check: ReturnType<typeof useRuleCheck> }

/** The rule read back as a sentence, and whether it may stand beside the others. */
export function RuleReadBack({ draft, written, isComplete, check }: Props) {
  const t = useTexts(managerTexts).form
  const speech = useRuleSpeech()
  const nameRule = useRuleNames()
  if (!isComplete) return null
  const said = sayWhole({ ...written, value: readValue(draft), to: draft.to }, speech)
  return (
    <>
      <div className="preview">
        <BodyLong size="small" weight="semibold">
          {t.preview}
        </BodyLong>
        <BodyLong size="small">{said}</BodyLong>
        {draft.lifts.length > 0 && <BodyLong size="small">{t.lifted(draft.lifts.map(nameRule).join('; '))}</BodyLong>}
      </div>
      {check.error && <RefusalAlert refusal={check.error} />}
      {check.data && <Found check={check.data} />}
    </>
  )
}

function Found({ check }: { check: RuleCheck }) {
  const t = useTexts(managerTexts).form
  const { language } = useLanguage()
  const list = (heading: string, texts: RuleCheck['faults']) => (
    <>
      {heading}
      <ul className="tight">
        {texts.map((text) => (
          <li key={text[language]}>{text[language]}</li>
        ))}
      </ul>
    </>
  )
  return (
    <div role="status" className="stack">
      {check.faults.length > 0 && (
        <Alert variant="error" size="small" className="rule-faults" tabIndex={-1}>
          {list(t.faults, check.faults)}
        </Alert>
      )}
      {check.warnings.length > 0 && (
        <Alert variant="warning" size="small">
          {list(t.warnings, check.warnings)}
        </Alert>
      )}
      {check.needsApproval && (
        <Alert variant="info" size="small">
          {t.needsApproval}
        </Alert>
      )}
    </div>
  )
}
