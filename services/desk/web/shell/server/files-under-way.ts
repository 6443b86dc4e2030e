import { useSyncExternalStore } from 'react'

/** Files that go on being sent while other pages are looked at: how many, and the page that shows them. */
type FilesUnderWay = { count: number; path: string }

const listeners = new Set<() => void>()
let files: FilesUnderWay = { count: 0, path: '/' }

export function showFilesUnderWay(next: FilesUnderWay): void {
  if (next.count === files.count && next.path === files.path) return
  files = next
  for (const listener of listeners) listener()
}

export function useFilesUnderWay(): FilesUnderWay {
  return useSyncExternalStore(subscribe, () => files)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
