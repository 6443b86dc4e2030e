import { useState } from 'react'
import { useLocation } from 'react-router'
import { readMemory, writeMemory } from './memory.ts'

/**
 * Like `useState`, but Back finds it again: it belongs to the entry in the browser's history, lives in this window's memory
 * alone and stands in no address.
 */
export function useMemory<T>(name: string, initial: T): [T, (value: T) => void] {
  const key = `${name} ${useLocation().key}`
  const [value, setValue] = useState(() => (readMemory(key) as T | undefined) ?? initial)
  const set = (next: T) => {
    writeMemory(key, next)
    setValue(next)
  }
  return [value, set]
}
