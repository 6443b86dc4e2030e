import { BodyLong, Button, Heading } from '@navikt/ds-react'
import type { RuleVersion } from '@tasain/contracts'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { getToday, showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { ReasonDialog } from '../../shell/parts/reason-dialog.tsx'
import { Told } from '../../shell/parts/told.tsx'
import { managerTexts } from '../texts.ts'
import { RuleFormDialog } from './form/rule-form-dialog.tsx'
import { RuleActions } from './rule-actions.tsx'
import { RuleOwner } from './rule-owner.tsx'
import { RuleState } from './rule-state.tsx'
import { listChanges, sayWhole } from './rule-words.ts'
import { useRestoreRule, useRuleNames, useRuleSpeech, useRuleVersions } from './rules.ts'

/** Historia: every version of a rule as it was written, and the way to bring one back. */
export function RulePage() {
  const { id = '' } = useParams()
  const t = useTexts(managerTexts)
  const query = useRuleVersions(id)
  const [told, setTold] = useState<string>()
  const versions = query.data?.rules ?? []
  const latest = versions.find(({ state }) => state !== 'withdrawn') ?? versions[0]
  return (
    <Page
      title={t.history.title}
      lead={<Link to="/rules">{t.history.back}</Link>}
      actions={latest && <RuleActions rule={latest} onTold={setTold} />}
    >
      <div className="stack">
        <Told words={told} />
        <QueryView query={query}>
          {({ rules }) => (
            <ol className="versions">
              {rules.map((rule, place) => (
                <li key={rule.version} className="card">
                  <Version rule={rule} earlier={rules[place + 1]} latest={latest} onTold={setTold} />
                </li>
              ))}
            </ol>
          )}
        </QueryView>
      </div>
    </Page>
  )
}

type Props = {
  rule: RuleVersion
  earlier: RuleVersion | undefined
  latest: RuleVersion | undefined
  onTold: (words: string) => void
}

function Version({ rule, earlier, latest, onTold }: Props) {
  const t = useTexts(managerTexts)
  const speech = useRuleSpeech()
  const nameRule = useRuleNames()
  const isOver = rule !== latest && rule.endedBy === null && rule.to !== null && rule.to < getToday()
  const changes = earlier ? listChanges(rule, earlier).map((aspect) => t.history.aspects[aspect]) : []
  return (
    <>
      <div className="row">
        <Heading level="2" size="xsmall">
          {t.history.version(rule.version)}
        </Heading>
        <RuleState rule={rule} />
        <RuleOwner rule={rule} />
      </div>
      <BodyLong size="small">{sayWhole(rule, speech)}</BodyLong>
      {rule.lifts.length > 0 && <BodyLong size="small">{t.form.lifted(rule.lifts.map(nameRule).join('; '))}</BodyLong>}
      <BodyLong size="small" className="quiet">
        {t.history.written(rule.author, showMoment(rule.writtenAt))}
        {rule.approvedBy && rule.approvedAt && ` · ${t.rules.approvedBy(rule.approvedBy, showMoment(rule.approvedAt))}`}
      </BodyLong>
      {rule.withdrawn && (
        <BodyLong size="small">
          {t.rules.withdrawnBy(rule.withdrawn.by, showMoment(rule.withdrawn.at), rule.withdrawn.reason)}
        </BodyLong>
      )}
      <BodyLong size="small">
        {t.history.reason}: {rule.reason}
      </BodyLong>
      <BodyLong size="small" className="quiet">
        {earlier ? `${t.history.changed}: ${changes.join(', ') || '–'}` : t.history.first}
      </BodyLong>
      {rule.allows.includes('restore') && <Restore rule={rule} onTold={onTold} />}
      {isOver && latest?.allows.includes('change') && (
        <WriteAnew rule={{ ...rule, version: latest.version }} onTold={onTold} />
      )}
    </>
  )
}

/** A version whose days have passed is not brought back as it was: after the latest it is written once more, with new days. */
function WriteAnew({ rule, onTold }: { rule: RuleVersion; onTold: (words: string) => void }) {
  const { restore: t, rules } = useTexts(managerTexts)
  const [isWriting, setIsWriting] = useState(false)
  const tell = (saved: RuleVersion) => {
    setIsWriting(false)
    onTold(saved.needsApproval ? rules.savedDraft : rules.saved)
  }
  return (
    <div>
      <Button type="button" size="xsmall" variant="secondary" onClick={() => setIsWriting(true)}>
        {t.anew}
      </Button>
      {isWriting && <RuleFormDialog rule={rule} onClose={() => setIsWriting(false)} onSaved={tell} />}
    </div>
  )
}

function Restore({ rule, onTold }: { rule: RuleVersion; onTold: (words: string) => void }) {
  const { restore: t, rules } = useTexts(managerTexts)
  const [isAsking, setIsAsking] = useState(false)
  const restore = useRestoreRule(rule.id)
  const close = () => {
    restore.cancel()
    setIsAsking(false)
  }
  const confirm = (reason: string, done: () => void) =>
    restore.send({ version: rule.version, reason }, (saved) => {
      done()
      setIsAsking(false)
      onTold(saved.needsApproval ? rules.savedDraft : t.done)
    })
  return (
    <div>
      <Button type="button" size="xsmall" variant="secondary" onClick={() => setIsAsking(true)}>
        {t.action}
      </Button>
      {isAsking && (
        <ReasonDialog
          place={['rule-restoration', rule.id]}
          texts={{ ...t, heading: t.heading(rule.version) }}
          isBusy={restore.isBusy}
          refusal={restore.error}
          onClose={close}
          onConfirm={confirm}
        />
      )}
    </div>
  )
}
