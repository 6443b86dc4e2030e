import { useEffect, useRef, useSyncExternalStore } from 'react'

export type Shortcut = {
  /** As `KeyboardEvent.key`, letters in lower case. */
  key: string
  ctrl?: boolean
  label: string
  /** Absent where a part of the page listens for itself: then it only stands in the list. */
  run?: () => void
}

const storageKey = 'tasain.single-keys'
const listeners = new Set<() => void>()
let active: readonly Shortcut[] = []
let singleKeys = localStorage.getItem(storageKey) !== 'off'

/** Shortcuts of the pages that are open, for the list of them. */
export function useActiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => active)
}

export function useSingleKeys(): [boolean, (on: boolean) => void] {
  return [useSyncExternalStore(subscribe, () => singleKeys), switchSingleKeys]
}

/** Makes keys act while the component is shown. Keys without Ctrl never act inside a field or over a dialog. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const current = useRef(shortcuts)
  useEffect(() => {
    current.current = shortcuts
  })
  const names = shortcuts
    .map(({ key, ctrl, label, run }) => `${ctrl ? 'ctrl+' : ''}${key}\t${label}\t${run ? 'acts' : ''}`)
    .join('\n')
  // The list changes only with the keys and labels; what a key does is looked up when it is pressed.
  useEffect(() => {
    const mine: Shortcut[] = names.split('\n').flatMap((line) => {
      const [name = '', label = '', acts = ''] = line.split('\t')
      const ctrl = name.startsWith('ctrl+')
      const key = ctrl ? name.slice(5) : name
      const run = () => current.current.find((one) => one.key === key && (one.ctrl ?? false) === ctrl)?.run?.()
      return key === '' ? [] : [{ key, ctrl, label, ...(acts === '' ? {} : { run }) }]
    })
    publish([...active, ...mine])
    return () => publish(active.filter((shortcut) => !mine.includes(shortcut)))
  }, [names])
}

/** Listens for the keys of all open pages. Call once. */
export function useShortcutKeys(): void {
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      const ctrl = event.ctrlKey || event.metaKey
      if (event.defaultPrevented || event.altKey || event.repeat) return
      if (document.querySelector('dialog[open], [role="dialog"]')) return
      if (!ctrl && (isWriting(event.target) || !singleKeys)) return
      const shortcut = active.findLast(
        (one) => one.run && one.key === event.key.toLowerCase() && (one.ctrl ?? false) === ctrl,
      )
      if (!shortcut?.run) return
      event.preventDefault()
      shortcut.run()
    }
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [])
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
}

function switchSingleKeys(on: boolean): void {
  singleKeys = on
  localStorage.setItem(storageKey, on ? 'on' : 'off')
  for (const listener of listeners) listener()
}

function publish(next: readonly Shortcut[]): void {
  active = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
