import { type DraftField, type FormDetail, type FormDraft, type FormPlace, listFormFaults } from '@tasain/contracts'
import { useEffect, useMemo, useState } from 'react'
import { addField, changeField, removeField } from './draft-change.ts'
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
  const faults = useMemo(() => (isOpen ? listFormFaults(draft, detail.known) : []), [draft, detail.known, isOpen])
  const change = (next: (draft: FormDraft) => FormDraft, tag: string | null = null) =>
    setHistory((before) => step(before, next(before.now), tag))
  return {
    isOpen,
    draft,
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
    removeField: (key: string) => {
      change((before) => removeField(before, key))
      setChosen(null)
    },
    /** Ends a row of changes, as when the mouse is let go. */
    pause: () => setHistory(pause),
    undo: history.past.length === 0 ? undefined : () => setHistory(undo),
    redo: history.future.length === 0 ? undefined : () => setHistory(redo),
    /** Saves what is not saved yet. Gives the edition. @throws ServerRefusal */
    flush: () => saver.flush(),
  }
}
