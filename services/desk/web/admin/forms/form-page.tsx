import { Alert, BodyShort, Button, Tabs, Tag } from '@navikt/ds-react'
import { useQueryClient } from '@tanstack/react-query'
import type { FormDetail, FormFault } from '@tasain/contracts'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'react-router'
import { Page } from '../../shell/frame/page.tsx'
import { useTexts } from '../../shell/language/language.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { Told } from '../../shell/parts/told.tsx'
import { adminTexts } from '../texts.ts'
import { BlankSheet } from './blank-sheet.tsx'
import { FaultList } from './fault-list.tsx'
import { FieldList } from './field-list.tsx'
import { findInput, focusInput, type InputName } from './focus.ts'
import { FormActions } from './form-actions.tsx'
import { isOvertaken, useForm } from './forms.ts'
import { HeadPanel } from './head-panel.tsx'
import { forgetUnsaved } from './saver.ts'
import { TrialPanel } from './trial-panel.tsx'
import { useTrials } from './trials.ts'
import { type Editor, useEditor } from './use-editor.ts'

/** One form: its blank with the fields at the left, what is known of them at the right. */
export function FormPage() {
  const { id = '' } = useParams()
  const query = useForm(id)
  const queries = useQueryClient()
  const [told, setTold] = useState<string>()
  const [loads, setLoads] = useState(0)
  const reload = async () => {
    await queries.refetchQueries({ queryKey: ['form', id] })
    setLoads((before) => before + 1)
  }
  return (
    <QueryView query={query} rows={16} isWorkedOn>
      {(detail) => (
        <FormAtWork
          key={`${detail.id} ${detail.state} ${loads}`}
          detail={detail}
          told={told}
          onReload={() => {
            forgetUnsaved(id)
            void reload()
          }}
          onDone={(words) => {
            setTold(words)
            void reload()
          }}
        />
      )}
    </QueryView>
  )
}

type Tab = 'fields' | 'form' | 'trial'
type Props = {
  detail: FormDetail
  told: string | undefined
  onReload: () => void
  onDone: (words: string) => void
}

function FormAtWork({ detail, told, onReload, onDone }: Props) {
  const t = useTexts(adminTexts)
  const editor = useEditor(detail)
  const trials = useTrials(detail.id, editor.flush)
  const [tab, setTab] = useState<Tab>('fields')
  const { code, version } = editor.draft
  const [goal, setGoal] = useState<{ input: InputName; key: string | undefined }>()
  // Once it is drawn what is to be mended, which may stand on another tab.
  useEffect(() => {
    if (goal) focusInput(goal.input, goal.key)
  }, [goal])
  const open = (fault: FormFault) => {
    const { key } = fault
    setTab(key === undefined && fault.code !== 'no_hetu' ? 'form' : 'fields')
    editor.choose(key ?? null)
    setGoal({
      input: findInput(
        fault,
        editor.draft.fields.find((field) => field.key === key),
      ),
      key,
    })
  }
  const edit = (key: string) => {
    setTab('fields')
    editor.choose(key)
    setGoal({ input: 'meaning', key })
  }
  const wasTried = trials.trials.some(({ result }) => result?.pages.some(({ fit }) => fit === 'lines'))
  return (
    <Page
      title={code === '' ? t.editor.untitled : t.editor.title(code, version)}
      lead={<FormState detail={detail} editor={editor} />}
      wide
      actions={
        <>
          <Button as={Link} to="/forms" size="small" variant="secondary">
            {t.editor.back}
          </Button>
          <FormActions detail={detail} editor={editor} wasTried={wasTried} onReload={onReload} onDone={onDone} />
        </>
      }
    >
      <div className="stack">
        <Told words={told} />
        <Notes detail={detail} editor={editor} onReload={onReload} />
        <div className="form-split">
          <div className="blank-side">
            {editor.isOpen && (
              <BodyShort size="small" className="quiet gap-below">
                {t.editor.help}
              </BodyShort>
            )}
            <BlankSheet id={detail.id} editor={editor} onEdit={edit} />
          </div>
          <div className="stack form-side">
            {editor.isOpen && <FaultList editor={editor} onOpen={open} />}
            <Tabs value={tab} onChange={(value) => setTab(value as Tab)} size="small">
              <Tabs.List>
                <Tabs.Tab value="fields" label={`${t.editor.tabs.fields} (${editor.draft.fields.length})`} />
                <Tabs.Tab value="form" label={t.editor.tabs.form} />
                <Tabs.Tab value="trial" label={t.editor.tabs.trial} />
              </Tabs.List>
              <Tabs.Panel value="fields" className="form-panel">
                <FieldList editor={editor} onEdit={edit} />
              </Tabs.Panel>
              <Tabs.Panel value="form" className="form-panel">
                <HeadPanel editor={editor} />
              </Tabs.Panel>
              <Tabs.Panel value="trial" className="form-panel">
                <TrialPanel trials={trials} draft={editor.draft} />
              </Tabs.Panel>
            </Tabs>
          </div>
        </div>
      </div>
    </Page>
  )
}

const tones = { draft: 'info', published: 'success', withdrawn: 'neutral' } as const

function FormState({ detail, editor }: { detail: FormDetail; editor: Editor }) {
  const t = useTexts(adminTexts)
  const words = { saved: t.editor.saved, saving: t.editor.saving, failed: t.editor.notSaved }[editor.save.state]
  return (
    <span className="row">
      <Tag size="small" variant={tones[detail.state]}>
        {t.states[detail.state]}
      </Tag>
      <span>{editor.draft.title}</span>
      {editor.isOpen && <span role="status">{words}</span>}
    </span>
  )
}

function Notes({ detail, editor, onReload }: { detail: FormDetail; editor: Editor; onReload: () => void }) {
  const t = useTexts(adminTexts)
  const { state, error } = editor.save
  const isStale = state === 'failed' && isOvertaken(error)
  return (
    <>
      {editor.isRestored && state !== 'failed' && (
        <Alert variant="info" size="small">
          {t.editor.restored}
        </Alert>
      )}
      {isStale && (
        <Alert variant="error" size="small">
          <BodyShort size="small" spacing>
            {t.editor.stale}
          </BodyShort>
          <Button type="button" size="xsmall" variant="secondary" onClick={onReload}>
            {t.editor.reload}
          </Button>
        </Alert>
      )}
      {state === 'failed' && !isStale && (
        <RefusalAlert refusal={error} onRetry={() => void editor.flush().catch(() => undefined)} />
      )}
      {detail.state !== 'draft' && (
        <Alert variant="info" size="small">
          {detail.state === 'published' ? t.publish.published : t.publish.isWithdrawn}
        </Alert>
      )}
    </>
  )
}
