import { Button, Table } from '@navikt/ds-react'
import type { OwnStaff } from '@tasain/contracts'
import { useState } from 'react'
import { Page } from '../../shell/frame/page.tsx'
import { showMoment } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { EndDialog } from '../../shell/parts/end-dialog.tsx'
import { usePlaces } from '../../shell/parts/places.ts'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { Told } from '../../shell/parts/told.tsx'
import { managerTexts } from '../texts.ts'
import { RegisterDialog } from './register-dialog.tsx'
import { useEndStaff, useStaff } from './staff.ts'

/** Oma henkilöstö: people of the institution, whose own cases their colleagues may not handle. */
export function StaffPage() {
  const t = useTexts(managerTexts).staff
  const query = useStaff()
  const [isAdding, setIsAdding] = useState(false)
  const [ending, setEnding] = useState<OwnStaff>()
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
          {({ staff }) =>
            staff.length === 0 ? <Empty>{t.none}</Empty> : <StaffTable staff={staff} onEnd={setEnding} />
          }
        </QueryView>
      </div>
      {isAdding && <RegisterDialog onClose={() => setIsAdding(false)} onDone={() => finish(t.saved)} />}
      {ending && <EndEntry id={ending.id} onClose={() => setEnding(undefined)} onDone={() => finish(t.ended)} />}
    </Page>
  )
}

function StaffTable({ staff, onEnd }: { staff: readonly OwnStaff[]; onEnd: (person: OwnStaff) => void }) {
  const t = useTexts(managerTexts).staff
  const places = usePlaces()
  return (
    <Scroll label={t.title}>
      <Table size="small">
        <TableHead columns={[t.name, t.office, t.subject, t.registered, t.end]} />
        <Table.Body>
          {staff.map((person) => (
            <Table.Row key={person.id}>
              <Table.HeaderCell scope="row">{person.label}</Table.HeaderCell>
              <Table.DataCell>{places.name(person.office)}</Table.DataCell>
              <Table.DataCell>{person.subject ?? '–'}</Table.DataCell>
              <Table.DataCell>{t.registeredBy(person.registeredBy, showMoment(person.registeredAt))}</Table.DataCell>
              <Table.DataCell>
                <Button
                  type="button"
                  size="xsmall"
                  variant="secondary"
                  aria-label={t.endOf(person.label)}
                  onClick={() => onEnd(person)}
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
  const t = useTexts(managerTexts).staff
  const end = useEndStaff(id)
  return <EndDialog place={['staff-end', id]} texts={t.ending} sending={end} onClose={onClose} onDone={onDone} />
}
