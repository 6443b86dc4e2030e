import { Alert, BodyLong, Button, Modal } from '@navikt/ds-react'
import { type FormDetail, type FormDraft, type FormMade, flattenCode } from '@tasain/contracts'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useTexts } from '../../shell/language/language.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { shellTexts } from '../../shell/texts.ts'
import { adminTexts } from '../texts.ts'
import { type FormChange, isOvertaken, useChangeForm } from './forms.ts'
import type { Editor } from './use-editor.ts'

type Props = {
  detail: FormDetail
  editor: Editor
  wasTried: boolean
  /** The form is not as it was when it was opened: somebody else has changed it. */
  onReload: () => void
  /** Something is done that changes what the page shows. */
  onDone: (words: string) => void
}

/** What can be done with a form as a whole. Publishing, withdrawing and throwing away are asked about first. */
export function FormActions({ detail, editor, wasTried, onReload, onDone }: Props) {
  const t = useTexts(adminTexts).publish
  const [asked, setAsked] = useState<Exclude<FormChange, 'revise'>>()
  const navigate = useNavigate()
  const revise = useChangeForm<FormMade>(detail.id, 'revise')
  const { draft } = editor
  const close = () => setAsked(undefined)
  const finish = (change: typeof asked) => {
    close()
    if (change === 'discard') void navigate('/forms')
    else onDone(change === 'publish' ? t.done(draft.code, draft.version) : t.withdrawn)
  }
  return (
    <>
      {detail.state === 'draft' && (
        <>
          <SendButton
            size="small"
            isBusy={false}
            isIdle={editor.faults.length > 0 || isOvertaken(editor.save.error)}
            onClick={() => setAsked('publish')}
          >
            {t.action}
          </SendButton>
          <Button type="button" size="small" variant="tertiary" onClick={() => setAsked('discard')}>
            {t.discard}
          </Button>
        </>
      )}
      {detail.state !== 'draft' && (
        <SendButton
          size="small"
          variant="secondary"
          isBusy={revise.isBusy}
          onClick={() => revise.send(detail.edition, ({ id }) => navigate(`/forms/${id}`))}
        >
          {t.revise}
        </SendButton>
      )}
      {detail.state === 'published' && (
        <Button type="button" size="small" variant="tertiary" onClick={() => setAsked('withdraw')}>
          {t.withdraw}
        </Button>
      )}
      {revise.error && <RefusalAlert refusal={revise.error} />}
      {asked && (
        <AskDialog
          change={asked}
          detail={detail}
          editor={editor}
          wasTried={wasTried}
          onReload={onReload}
          onClose={close}
          onDone={() => finish(asked)}
        />
      )}
    </>
  )
}

type AskProps = Omit<Props, 'onDone'> & {
  change: Exclude<FormChange, 'revise'>
  onClose: () => void
  onDone: () => void
}

function AskDialog({ change, detail, editor, wasTried, onReload, onClose, onDone }: AskProps) {
  const {
    publish: t,
    editor: { reload },
  } = useTexts(adminTexts)
  const { form } = useTexts(shellTexts)
  const sending = useChangeForm(detail.id, change)
  const close = () => {
    sending.cancel()
    onClose()
  }
  const { code, version } = editor.draft
  const words = {
    publish: { heading: t.heading(code, version), body: t.body, action: t.action },
    withdraw: { heading: t.withdrawHeading(code, version), body: t.withdrawBody, action: t.withdraw },
    discard: { heading: t.discardHeading, body: t.discardBody, action: t.discard },
  }[change]
  const confirm = () =>
    // Why it could not be saved stands in the editor.
    void editor.flush().then(
      (edition) => sending.send(edition, onDone),
      () => undefined,
    )
  const error = sending.error ?? editor.save.error
  return (
    <Modal open onClose={close} header={{ heading: words.heading, size: 'small' }} width={520}>
      <Modal.Body>
        <div className="stack">
          <BodyLong size="small">{words.body}</BodyLong>
          {change === 'publish' && <PublishNotes detail={detail} draft={editor.draft} wasTried={wasTried} />}
          {error ? <RefusalAlert refusal={error} /> : null}
        </div>
      </Modal.Body>
      <Modal.Footer>
        {isOvertaken(error) ? (
          <Button type="button" size="small" onClick={onReload}>
            {reload}
          </Button>
        ) : (
          <SendButton
            size="small"
            isBusy={sending.isBusy}
            data-color={change === 'publish' ? 'accent' : 'danger'}
            onClick={confirm}
          >
            {words.action}
          </SendButton>
        )}
        <Button type="button" size="small" variant="secondary" onClick={close}>
          {form.cancel}
        </Button>
      </Modal.Footer>
    </Modal>
  )
}

type NoteProps = Pick<Props, 'detail' | 'wasTried'> & { draft: FormDraft }

function PublishNotes({ detail, draft: { code, fields }, wasTried }: NoteProps) {
  const t = useTexts(adminTexts).publish
  const older = detail.known.filter((one) => flattenCode(one.code) === flattenCode(code)).map(({ version }) => version)
  const guesses = fields.filter(({ guessed }) => guessed).length
  return (
    <>
      {guesses > 0 && (
        <Alert variant="warning" size="small">
          {t.guesses(guesses)}
        </Alert>
      )}
      {older.length > 0 && <BodyLong size="small">{t.replaces(older.join(', '))}</BodyLong>}
      {!wasTried && (
        <Alert variant="warning" size="small">
          {t.untried}
        </Alert>
      )}
    </>
  )
}
