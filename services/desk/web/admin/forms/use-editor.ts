import {
  type DraftField,
  type FormDetail,
  type FormDraft,
  type FormPlace,
  listFormFaults,
  sortByPlace,
} from '@tasain/contracts'
import { useEffect, useMemo, useState } from 'react'
import { addField, changeField, removeField } from './draft-change.ts'
import { focusBox } from './focus.ts'
import { type History, pause, redo, startHistory, step, undo } from './history.ts'
import { createSaver, findUnsaved, type Saver, type SaveState } from './saver.ts'

export type Editor = ReturnType<typeof useEditor>

/** A form while somebody works on it: its draft, the field chosen, what can be undone, and whether it is saved. */
export function useEditor(detail: FormDetail) {
  const isOpen = detail.state === 'draft'
  const [unsaved] = useState(() => (isOpen ? findUnsaved(detail) : undefined))
  const [history, setHistory] = useState<History<FormDraft>>(() => startHistory(unsaved ?? detail.draft))
  const [chosen, setChosen] = useState<string | null>(null)
  const [save, setSave] = useState<{ state: SaveState; error?: unknown }>({ state: 'saved' })
  const [saver] = useState<Saver>(() => createSaver(detail, (state, error) => setSave({ state, error })))
  const draft = history.now
  useEffect(() => {
    if (isOpen) saver.want(draft)
  }, [draft, isOpen, saver])
  // What waits to be saved is saved as the page is left, not later from another; what then fails is kept in this browser.
  useEffect(() => () => saver.leave(), [saver])
  const faults = useMemo(() => (isOpen ? listFormFaults(draft, detail.known) : []), [draft, detail.known, isOpen])
  const fields = useOrder(draft.fields)
  const change = (next: (draft: FormDraft) => FormDraft, tag: string | null = null) =>
    setHistory((before) => step(before, next(before.now), tag))
  return {
    isOpen,
    draft,
    /** The fields in the order of the paper. */
    fields,
    faults,
    save,
    isRestored: unsaved !== undefined,
    chosen: draft.fields.find(({ key }) => key === chosen),
    choose: setChosen,
    /** Changes the form itself. Changes with one tag made in a row are undone together. */
    change,
    changeField: (key: string, next: (field: DraftField) => DraftField, tag: string | null = null) =>
      change((before) => changeField(before, key, next), tag),
    addField: (region: FormPlace): DraftField | undefined => {
      const [next, key] = addField(draft, region, detail.words)
      change(() => next)
      setChosen(key)
      return next.fields.at(-1)
    },
    /** Takes a field away; the keyboard goes on to the one after it. */
    removeField: (key: string) => {
      const place = fields.findIndex((field) => field.key === key)
      focusBox((fields[place + 1] ?? fields[place - 1])?.key)
      setChosen((before) => (before === key ? null : before))
      change((before) => removeField(before, key))
    },
    /** Ends a row of changes, as when the mouse is let go. */
    pause: () => setHistory(pause),
    undo: history.past.length === 0 ? undefined : () => setHistory(undo),
    redo: history.future.length === 0 ? undefined : () => setHistory(redo),
    /** Saves what is not saved yet. Gives the edition. @throws ServerRefusal */
    flush: () => saver.flush(),
  }
}

/**
 * Fields in the order of the paper as it was when one was last added or taken away: one that is moved must not lose the
 * keyboard by changing its place among the others.
 */
function useOrder(fields: readonly DraftField[]): DraftField[] {
  const present = fields
    .map(({ key }) => key)
    .sort()
    .join(' ')
  const [order, setOrder] = useState<{ present: string; keys: readonly string[] }>({ present: '', keys: [] })
  const isOld = order.present !== present
  const keys = isOld ? sortByPlace(fields, ({ region }) => region).map(({ key }) => key) : order.keys
  if (isOld) setOrder({ present, keys })
  return keys.flatMap((key) => fields.find((field) => field.key === key) ?? [])
}
