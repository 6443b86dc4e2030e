import { Button, Table } from '@navikt/ds-react'
import type { ApplicationSummary } from '@tasain/contracts'
import { Link, useSearchParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { showDate, showMoment, showNumber } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { TableHead } from '../../shell/parts/table-head.tsx'
import { explainCode } from '../../shell/server/refusal.ts'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { nameStanding } from '../standing.ts'
import { clerkTexts } from '../texts.ts'
import { useCheckList } from './checking.ts'
import { LiftList } from './lift-list.tsx'

/** Tarkasta: applications with something to look at, oldest first. */
export function CheckListPage() {
  const t = useTexts(clerkTexts).checking
  const { states } = useTexts(shellTexts)
  const batch = useSearchParams()[0].get('batch')
  const query = useCheckList(batch)
  const oldest = query.data?.applications[0]
  const total = query.data?.total ?? 0
  return (
    <Page
      title={t.title}
      lead={t.lead}
      wide
      actions={
        oldest && (
          <Button as={Link} to={linkTo(oldest.id, batch)} size="small">
            {t.start}
          </Button>
        )
      }
    >
      {batch !== null && (
        <p className="row">
          {t.onlyBatch} <Link to="/check">{t.showAll}</Link>
        </p>
      )}
      <LiftList />
      <QueryView query={query}>
        {({ applications }) =>
          applications.length === 0 ? (
            <Empty
              action={
                <Button as={Link} to="/scan" size="small" variant="secondary">
                  {t.toScan}
                </Button>
              }
            >
              {t.none}
            </Empty>
          ) : (
            <>
              <p className="quiet hint">{states.total(showNumber(total))}</p>
              <CheckTable applications={applications} batch={batch} />
            </>
          )
        }
      </QueryView>
    </Page>
  )
}

function CheckTable({ applications, batch }: { applications: readonly ApplicationSummary[]; batch: string | null }) {
  const t = useTexts(clerkTexts).checking
  return (
    <Scroll label={t.title}>
      <Table size="small">
        <TableHead
          columns={[t.application, t.benefit, t.language, t.arrived, t.stored, t.state, t.fields]}
          numbers={[t.fields]}
        />
        <Table.Body>
          {applications.map((application) => (
            <CheckRow key={application.id} application={application} batch={batch} />
          ))}
        </Table.Body>
      </Table>
    </Scroll>
  )
}

function CheckRow({ application, batch }: { application: ApplicationSummary; batch: string | null }) {
  const { checking: t, standing } = useTexts(clerkTexts)
  const shell = useTexts(shellTexts)
  const { language } = useLanguage()
  return (
    <Table.Row>
      <Table.HeaderCell scope="row">
        <Link to={linkTo(application.id, batch)}>{application.fileName}</Link>
      </Table.HeaderCell>
      <Table.DataCell>{application.benefit ? nameBenefit(application.benefit, language) : t.unknown}</Table.DataCell>
      <Table.DataCell>{application.language ? shell.languages[application.language] : t.unknown}</Table.DataCell>
      <Table.DataCell>{application.arrivedOn ? showDate(application.arrivedOn) : t.unknown}</Table.DataCell>
      <Table.DataCell className="nowrap">{showMoment(application.storedAt)}</Table.DataCell>
      <Table.DataCell>
        {nameStanding(application, standing, shell)}
        {application.state === 'handed_over' && <div className="quiet hint">{t.handedOver}</div>}
        {application.reason && <div className="state-doubt hint">{explainCode(application.reason, language)}</div>}
      </Table.DataCell>
      <Table.DataCell className="number">{application.doubtfulFields}</Table.DataCell>
    </Table.Row>
  )
}

function linkTo(id: string, batch: string | null): string {
  return `/check/${id}${batch === null ? '' : `?batch=${batch}`}`
}
