import { Tag, type TagProps } from '@navikt/ds-react'
import type { RuleVersion } from '@tasain/contracts'
import { useTexts } from '../../shell/language/language.tsx'
import { managerTexts } from '../texts.ts'

const looks: Record<RuleVersion['state'], NonNullable<TagProps['variant']>> = {
  draft: 'warning',
  coming: 'info',
  in_force: 'success',
  ended: 'neutral',
  replaced: 'neutral',
  withdrawn: 'neutral',
}

export function RuleState({ rule }: { rule: RuleVersion }) {
  const t = useTexts(managerTexts)
  return (
    <>
      <Tag size="small" variant={looks[rule.state]} className="nowrap">
        {t.ruleStates[rule.state]}
      </Tag>
      {rule.state === 'draft' && (
        <div className="hint-tight quiet">{rule.endedBy === null ? t.rules.waits : t.rules.waitsEnd}</div>
      )}
    </>
  )
}
