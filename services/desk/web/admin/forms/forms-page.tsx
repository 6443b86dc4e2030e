import { Button, Checkbox, Skeleton, Table, Tag } from '@navikt/ds-react'
import type { FormSummary } from '@tasain/contracts'
import { Suspense, useState } from 'react'
import { Link } from 'react-router'
import { lazyPart } from '../../shell/frame/lazy-page.tsx'
import { Page } from '../../shell/frame/page.tsx'
import { showMoment } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { Scroll } from '../../shell/parts/scroll.tsx'
import { nameBenefit, shellTexts } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'
import { DiscardDialog } from './discard-dialog.tsx'
import { useForms } from './forms.ts'
import { NewForm } from './new-form.tsx'

// Brings along the texts of the managers' pages.
const LevellingPanel = lazyPart(() => import('../../manager/situation/levelling-panel.tsx'), 'LevellingPanel')

/**
 * Lomakkeet: every form the product knows, and the way to teach it another. Administrators land here and have no page
 * of the situation, so they stop and start levelling here.
 */
export function FormsPage() {
  const t = useTexts(adminTexts).forms
  const query = useForms()
  const [showsWithdrawn, setShowsWithdrawn] = useState(false)
  return (
    <Page title={t.title} lead={t.lead} wide>
      <div className="stack">
        <Suspense fallback={<Skeleton variant="rectangle" height={32} />}>
          <LevellingPanel />
        </Suspense>
        <NewForm />
        <QueryView query={query}>
          {({ forms }) => {
            const shown = forms.filter(({ state }) => showsWithdrawn || state !== 'withdrawn')
            return (
              <>
                <Checkbox
                  size="small"
                  checked={showsWithdrawn}
                  onChange={({ target }) => setShowsWithdrawn(target.checked)}
                >
                  {t.showWithdrawn}
                </Checkbox>
                {shown.length === 0 ? <Empty>{t.none}</Empty> : <FormTable forms={shown} />}
              </>
            )
          }}
        </QueryView>
      </div>
    </Page>
  )
}

function FormTable({ forms }: { forms: readonly FormSummary[] }) {
  const t = useTexts(adminTexts).forms
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [asks, setAsks] = useState(false)
  // One of them may be gone or published by now.
  const chosen = forms.flatMap(({ id, state }) => (id !== null && state === 'draft' && marked.has(id) ? [id] : []))
  const mark = (id: string, on: boolean) =>
    setMarked(new Set(on ? [...chosen, id] : chosen.filter((one) => one !== id)))
  const heads = [t.code, t.version, t.name, t.benefit, t.language]
  return (
    <>
      {chosen.length > 0 && (
        <div>
          <Button type="button" size="small" variant="secondary" data-color="danger" onClick={() => setAsks(true)}>
            {t.discard(chosen.length)}
          </Button>
        </div>
      )}
      {asks && <DiscardDialog ids={chosen} onClose={() => setAsks(false)} />}
      <Scroll label={t.table}>
        <Table size="small">
          <Table.Header>
            <Table.Row>
              <Table.DataCell />
              {heads.map((head) => (
                <Table.HeaderCell key={head} scope="col">
                  {head}
                </Table.HeaderCell>
              ))}
              <Table.HeaderCell scope="col" className="number">
                {t.fields}
              </Table.HeaderCell>
              <Table.HeaderCell scope="col">{t.state}</Table.HeaderCell>
              <Table.HeaderCell scope="col">{t.changed}</Table.HeaderCell>
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {forms.map((form) => (
              <FormRow
                key={form.id ?? `${form.code} ${form.version}`}
                form={form}
                isMarked={form.id !== null && marked.has(form.id)}
                onMark={mark}
              />
            ))}
          </Table.Body>
        </Table>
      </Scroll>
    </>
  )
}

const tones = { draft: 'info', published: 'success', shipped: 'neutral', withdrawn: 'neutral' } as const

type RowProps = { form: FormSummary; isMarked: boolean; onMark: (id: string, on: boolean) => void }

function FormRow({ form, isMarked, onMark }: RowProps) {
  const t = useTexts(adminTexts)
  const { languages } = useTexts(shellTexts)
  const { language } = useLanguage()
  const { id } = form
  const code = form.code === '' ? t.forms.noCode : form.code
  const isOlder = (form.state === 'published' || form.state === 'shipped') && !form.isNewest
  return (
    <Table.Row>
      <Table.DataCell>
        {id !== null && form.state === 'draft' && (
          <Checkbox size="small" hideLabel checked={isMarked} onChange={({ target }) => onMark(id, target.checked)}>
            {t.forms.choose(`${code} ${form.title}`)}
          </Checkbox>
        )}
      </Table.DataCell>
      <Table.HeaderCell scope="row" className="nowrap">
        {id === null ? code : <Link to={`/forms/${id}`}>{code}</Link>}
      </Table.HeaderCell>
      <Table.DataCell className="nowrap">{form.version}</Table.DataCell>
      <Table.DataCell>{form.title}</Table.DataCell>
      <Table.DataCell>{form.benefit && nameBenefit(form.benefit, language)}</Table.DataCell>
      <Table.DataCell>{form.language && languages[form.language]}</Table.DataCell>
      <Table.DataCell className="number">{form.fields}</Table.DataCell>
      <Table.DataCell>
        <Tag size="small" variant={tones[form.state]} className="nowrap">
          {t.states[form.state]}
        </Tag>
        {isOlder && <div className="quiet">{t.forms.older}</div>}
      </Table.DataCell>
      <Table.DataCell className="nowrap">{form.changedAt && showMoment(form.changedAt)}</Table.DataCell>
    </Table.Row>
  )
}
