import { Button, Modal } from '@navikt/ds-react'
import type { PreviewRule, RuleVersion } from '@tasain/contracts'
import { getToday, showDate, showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { managerTexts } from '../texts.ts'
import { RulePreview } from './preview/rule-preview.tsx'
import { sayWhole } from './rule-words.ts'
import { useApproveRule, useRuleNames, useRuleSpeech, useRuleVersions } from './rules.ts'

type Props = { rule: RuleVersion; onClose: () => void; onApproved: () => void }

/** Asks the second manager, once they have read what holds now, what will hold instead, and from when. */
export function ApproveDialog({ rule, onClose, onApproved }: Props) {
  const t = useTexts(managerTexts).approve
  const { form } = useTexts(shellTexts)
  const query = useRuleVersions(rule.id)
  const approve = useApproveRule(rule.id)
  const close = () => {
    approve.cancel()
    onClose()
  }
  return (
    <Modal
      open
      onClose={close}
      header={{ heading: rule.endedBy === null ? t.heading : t.headingEnd, size: 'small' }}
      width={760}
    >
      <Modal.Body>
        <div className="stack">
          <QueryView query={query} rows={4}>
            {({ rules }) => <Consequence rule={rule} now={rules.find(({ state }) => state === 'in_force')} />}
          </QueryView>
          {rule.endedBy === null && <RulePreview written={toTry(rule)} isComplete />}
          {approve.error && <RefusalAlert refusal={approve.error} />}
        </div>
      </Modal.Body>
      <Modal.Footer>
        <SendButton
          size="small"
          isBusy={approve.isBusy}
          onClick={() => approve.send({ version: rule.version }, onApproved)}
        >
          {rule.endedBy === null ? t.confirm : t.confirmEnd}
        </SendButton>
        <Button type="button" size="small" variant="tertiary" onClick={close}>
          {form.cancel}
        </Button>
      </Modal.Footer>
    </Modal>
  )
}

function toTry({ id, scope, value, lifts, from, to }: RuleVersion): PreviewRule {
  return { rule: id, scope, value, lifts, from, to }
}

function Consequence({ rule, now }: { rule: RuleVersion; now: RuleVersion | undefined }) {
  const t = useTexts(managerTexts)
  const speech = useRuleSpeech()
  const nameRule = useRuleNames()
  const say = (one: RuleVersion) => sayWhole(one, speech)
  const facts: [string, string][] = [
    [t.approve.now, now ? say(now) : t.approve.nothing],
    [t.approve.after, rule.endedBy === null ? say(rule) : t.approve.nothing],
    [t.approve.begins, rule.from > getToday() && rule.endedBy === null ? showDate(rule.from) : t.approve.atOnce],
    ...rule.lifts.map((id): [string, string] => [t.form.lifts, nameRule(id)]),
    [t.approve.written, t.history.written(rule.author, showMoment(rule.writtenAt))],
    [t.form.reason, rule.reason],
  ]
  return (
    <dl className="consequence">
      {facts.map(([name, words]) => (
        <div key={`${name} ${words}`}>
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}
