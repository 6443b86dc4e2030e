import { BodyShort, Button, Checkbox, Heading } from '@navikt/ds-react'
import type { ApplicationDetail, CheckedField } from '@tasain/contracts'
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { DraftNote } from '../../shell/drafts/draft-note.tsx'
import { useShortcuts } from '../../shell/frame/shortcuts.tsx'
import { useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { SendButton } from '../../shell/parts/send-button.tsx'
import { clerkTexts } from '../texts.ts'
import { findNextToCheck, passOver, useCorrection } from './checking.ts'
import { FieldRow } from './field-row.tsx'
import { useCorrections } from './use-corrections.ts'

type Props = {
  detail: ApplicationDetail
  batch: string | null
  onFocus: (field: CheckedField) => void
  onSaved: () => void
}

/** The fields of one application, walked from doubt to doubt with Enter and saved with Ctrl + Enter. */
export function CheckForm({ detail, batch, onFocus, onSaved }: Props) {
  const t = useTexts(clerkTexts).checking
  const form = useRef<HTMLFormElement>(null)
  const typed = useCorrections(detail)
  const save = useCorrection(detail.application.id)
  const goNext = useGoNext(detail.application.id, batch)
  const { fields } = detail
  const focusField = (name: string | undefined) =>
    form.current
      ?.querySelector<HTMLElement>(name === undefined ? 'button[type=submit]' : `[data-field="${name}"]`)
      ?.focus()
  const findOpenAfter = (name: string | undefined, settled?: string) => {
    const open = fields.filter((field) => typed.isOpen(field) && field.name !== settled)
    const place = fields.findIndex((field) => field.name === name)
    return (open.find((field) => fields.indexOf(field) > place) ?? open[0])?.name
  }
  const accept = (field: CheckedField) => {
    if (typed.accept(field)) focusField(findOpenAfter(field.name, field.name))
  }
  const send = () =>
    save.send(typed.toCorrection(), () => {
      typed.draft.done()
      return goNext(t.saved)
    })
  const savePart = () => {
    if (!typed.hasChanges) return
    save.send(typed.toCorrection(), async () => {
      await typed.goOn()
      onSaved()
    })
  }
  const saveAndNext = () => {
    const blocking = fields.filter(typed.isBlocking)
    if (blocking.length === 0) return void (typed.hasChanges ? send() : goNext())
    typed.showFaults()
    announce(t.stillOpen(blocking.length))
    focusField(blocking[0]?.name)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saveAndNext()
  }
  const listen = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return
    const field = fields.find(({ name }) => name === (event.target as HTMLElement).dataset['field'])
    if (!field) return
    event.preventDefault()
    if (event.shiftKey) focusField(fields[Math.max(0, fields.indexOf(field) - 1)]?.name)
    else accept(field)
  }
  useFirstFocus(() => focusField(findOpenAfter(undefined)))
  useShortcuts([
    { key: 'enter', ctrl: true, label: t.saveNext, run: saveAndNext },
    { key: 's', ctrl: true, label: t.savePart, run: savePart },
  ])
  const blockingCount = fields.filter(typed.isBlocking).length
  const otherCount = fields.filter(typed.isOpen).length - blockingCount
  return (
    <form ref={form} className="check-form" onSubmit={submit} onKeyDown={listen} noValidate>
      <div className="check-head">
        <Heading level="2" size="xsmall" aria-live="polite">
          {blockingCount === 0 ? t.allLooked : t.toLook(blockingCount)} {otherCount > 0 && t.others(otherCount)}
        </Heading>
        <BodyShort size="small" className="quiet">
          {t.keysHelp}
        </BodyShort>
      </div>
      {fields.map((field) => (
        <FieldRow
          key={field.name}
          field={field}
          page={detail.pages.find(({ id }) => id === field.pageId)}
          typed={typed}
          onFocus={() => onFocus(field)}
          onAccept={() => accept(field)}
        />
      ))}
      {!detail.application.restricted && (
        <Checkbox
          size="small"
          checked={typed.restricted}
          onChange={({ target }) => typed.setRestricted(target.checked)}
          description={t.restrictedHelp}
        >
          {t.restricted}
        </Checkbox>
      )}
      {save.error && <RefusalAlert refusal={save.error} onRetry={typed.reload} answersAct />}
      <div className="sticky-actions">
        <DraftNote draft={typed.draft} />
        <SendButton type="submit" size="small" isBusy={save.isBusy}>
          {t.saveNext}
        </SendButton>
        <SendButton size="small" variant="secondary" isBusy={save.isBusy} isIdle={!typed.hasChanges} onClick={savePart}>
          {t.savePart}
        </SendButton>
        <Button
          type="button"
          size="small"
          variant="tertiary"
          onClick={() => {
            passOver(detail.application.id)
            void goNext()
          }}
        >
          {t.skip}
        </Button>
      </div>
    </form>
  )
}

/** Puts the keyboard where the work is as soon as the form is there: on the first field to look at. */
function useFirstFocus(focus: () => void): void {
  const first = useRef(focus)
  useEffect(() => first.current(), [])
}

/** Opens the next application to check, or the list when there is none. */
function useGoNext(current: string, batch: string | null): (words?: string) => Promise<void> {
  const navigate = useNavigate()
  return async (words) => {
    if (words) announce(words)
    const next = await findNextToCheck(current, batch).catch(() => undefined)
    const query = batch === null ? '' : `?batch=${batch}`
    await navigate(next === undefined ? `/check${query}` : `/check/${next}${query}`)
  }
}
