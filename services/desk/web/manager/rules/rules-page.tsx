import { Alert, Button, Checkbox } from '@navikt/ds-react'
import { useState } from 'react'
import { Page } from '../../shell/frame/page.tsx'
import { useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { Told } from '../../shell/parts/told.tsx'
import { useHasRole } from '../../shell/server/session.tsx'
import { LevellingStopped } from '../situation/levelling-panel.tsx'
import { managerTexts } from '../texts.ts'
import { RuleFormDialog } from './form/rule-form-dialog.tsx'
import { RuleTable } from './rule-table.tsx'
import { findNewest, isOver } from './rule-words.ts'
import { useRules } from './rules.ts'

/** Säännöt: the rules that bind the planner, and the way to add one. */
export function RulesPage() {
  const t = useTexts(managerTexts).rules
  const mayWrite = useHasRole('manager')
  const query = useRules()
  const [isAdding, setIsAdding] = useState(false)
  const [showsEnded, setShowsEnded] = useState(false)
  const [told, setTold] = useState<string>()
  const add = (
    <Button type="button" size="small" onClick={() => setIsAdding(true)}>
      {t.add}
    </Button>
  )
  return (
    <Page title={t.title} lead={t.lead} wide actions={mayWrite && add}>
      <div className="stack">
        <LevellingStopped />
        <Told words={told} />
        <QueryView query={query}>
          {({ rules }) => {
            const shown = rules.filter(({ state }) => showsEnded || !isOver(state))
            const waiting = rules.filter((rule) => findNewest(rule).allows.includes('approve'))
            return (
              <>
                <Checkbox size="small" checked={showsEnded} onChange={({ target }) => setShowsEnded(target.checked)}>
                  {t.showEnded}
                </Checkbox>
                {waiting.length > 0 && (
                  <Alert variant="info" size="small">
                    {t.waiting(waiting.length)}
                  </Alert>
                )}
                {shown.length === 0 ? (
                  <Empty>{t.none}</Empty>
                ) : (
                  <RuleTable
                    rules={[...waiting, ...shown.filter((rule) => !waiting.includes(rule))]}
                    onTold={setTold}
                  />
                )}
              </>
            )
          }}
        </QueryView>
      </div>
      {isAdding && (
        <RuleFormDialog
          onClose={() => setIsAdding(false)}
          onSaved={(rule) => {
            setIsAdding(false)
            setTold(rule.needsApproval ? t.savedDraft : t.saved)
          }}
        />
      )}
    </Page>
  )
}
