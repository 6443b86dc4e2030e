import { useEffect, useState, useSyncExternalStore } from 'react'
import { blend, clear, type DraftPlace, type DraftState, discard, keepMine, restore, takeNewer, type } from './draft.ts'
import { changeDraft, loadDrafts, readDraft, saveDrafts, subscribeToDrafts } from './draft-store.ts'

/** A form's content that outlives the form. */
export type Draft<T extends object> = {
  value: T
  /** Whether what the form is about has changed since writing began. */
  isStale: boolean
  state: DraftState
  change: (part: Partial<T>) => void
  /** The act is done: the form begins anew, and nothing of it is kept. */
  done: () => void
  /** The act is done but for this, which goes on from another basis. */
  goOnWith: (rest: T, basis: string) => void
  discard: () => void
  restore: () => void
  takeNewer: () => void
  keepMine: () => void
}

/** A draft to look at, throw away or choose; how it is changed is the form's own business. */
export type NotedDraft<T extends object = object> = Omit<Draft<T>, 'change' | 'goOnWith'>

/**
 * Keeps what somebody types into a form: at once in this window's memory, where it outlives links and Back, and at the
 * server, where it outlives the window. Never in the browser's storage.
 * @param blank what the form begins with
 * @param basis what tells whether the form's object is still the one written about, such as its version
 */
export function useDraft<T extends object>([kind, objectId]: DraftPlace, blank: T, basis = ''): Draft<T> {
  const place: DraftPlace = [kind, objectId]
  const state = useSyncExternalStore(subscribeToDrafts, () => readDraft(place))
  const [begun] = useState(blank)
  useEffect(() => {
    void loadDrafts(objectId)
    return () => void saveDrafts()
  }, [objectId])
  const set = (before: DraftState, next: T, since: string) =>
    type(before, JSON.stringify(next) === JSON.stringify(begun) ? undefined : next, since)
  return {
    value: blend(begun, state.typed),
    isStale: state.typed !== undefined && state.basis !== basis,
    state,
    change: (part) => changeDraft(place, (before) => set(before, { ...blend(begun, before.typed), ...part }, basis)),
    done: () => changeDraft(place, clear),
    goOnWith: (rest, since) => changeDraft(place, (before) => set(clear(before), rest, since)),
    discard: () => changeDraft(place, discard),
    restore: () => changeDraft(place, restore),
    takeNewer: () => changeDraft(place, takeNewer),
    keepMine: () => changeDraft(place, keepMine),
  }
}
