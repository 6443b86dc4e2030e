import { Button, Table } from '@navikt/ds-react'
import type { Conflict } from '@tasain/contracts'
import { useState } from 'react'
import { Page } from '../../shell/frame/page.tsx'
import { showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { EndDialog } from '../../shell/parts/end-dialog.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { Told } from '../../shell/parts/told.tsx'
import { handlerTexts } from '../texts.ts'
import { useConflicts, useEndConflict } from './conflicts.ts'
import { DeclareDialog } from './declare-dialog.tsx'

/** Esteellisyydet: persons whose matters the handler may not handle. */
export function ConflictsPage() {
  const t = useTexts(handlerTexts).conflicts
  const query = useConflicts()
  const [isAdding, setIsAdding] = useState(false)
  const [ending, setEnding] = useState<Conflict>()
  const [told, setTold] = useState<string>()
  const finish = (words: string) => {
    setIsAdding(false)
    setEnding(undefined)
    setTold(words)
  }
  const add = (
    <Button type="button" size="small" onClick={() => setIsAdding(true)}>
      {t.add}
    </Button>
  )
  return (
    <Page title={t.title} lead={t.lead} actions={add}>
      <div className="stack">
        <Told words={told} />
        <QueryView query={query} rows={3}>
          {({ conflicts }) =>
            conflicts.length === 0 ? <Empty>{t.none}</Empty> : <ConflictTable conflicts={conflicts} onEnd={setEnding} />
          }
        </QueryView>
      </div>
      {isAdding && <DeclareDialog onClose={() => setIsAdding(false)} onDone={() => finish(t.saved)} />}
      {ending && <EndEntry id={ending.id} onClose={() => setEnding(undefined)} onDone={() => finish(t.ended)} />}
    </Page>
  )
}

type TableProps = { conflicts: readonly Conflict[]; onEnd: (conflict: Conflict) => void }

function ConflictTable({ conflicts, onEnd }: TableProps) {
  const t = useTexts(handlerTexts).conflicts
  return (
    <Scroll label={t.title}>
      <Table size="small">
        <TableHead columns={[t.label, t.ground, t.declared, t.end]} />
        <Table.Body>
          {conflicts.map((conflict) => (
            <Table.Row key={conflict.id}>
              <Table.HeaderCell scope="row">{conflict.label}</Table.HeaderCell>
              <Table.DataCell>{t.grounds[conflict.ground]}</Table.DataCell>
              <Table.DataCell>{showMoment(conflict.declaredAt)}</Table.DataCell>
              <Table.DataCell>
                <Button
                  type="button"
                  size="xsmall"
                  variant="secondary"
                  aria-label={t.endOf(conflict.label)}
                  onClick={() => onEnd(conflict)}
                >
                  {t.end}
                </Button>
              </Table.DataCell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </Scroll>
  )
}

function EndEntry({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const t = useTexts(handlerTexts).conflicts
  const end = useEndConflict(id)
  return <EndDialog place={['conflict-end', id]} texts={t.ending} sending={end} onClose={onClose} onDone={onDone} />
}
