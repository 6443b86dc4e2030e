import type { FormTrial } from '@tasain/contracts'
import { useRef, useState } from 'react'
import { tryForm } from './forms.ts'

export type Trial = {
  readonly id: number
  readonly name: string
  readonly state: 'waiting' | 'reading' | 'read' | 'refused'
  readonly result?: FormTrial
  readonly refusal?: unknown
}

let lastId = 0

/** Filled copies that are tried, one after another; each by the form as it stands when its turn comes. */
export function useTrials(formId: string, flush: () => Promise<unknown>) {
  const [trials, setTrials] = useState<readonly Trial[]>([])
  const queue = useRef(Promise.resolve())
  const change = (id: number, part: Partial<Trial>) =>
    setTrials((before) => before.map((trial) => (trial.id === id ? { ...trial, ...part } : trial)))
  const read = async (id: number, file: File) => {
    change(id, { state: 'reading' })
    try {
      await flush()
      change(id, { state: 'read', result: await tryForm(formId, file) })
    } catch (refusal) {
      change(id, { state: 'refused', refusal })
    }
  }
  return {
    trials,
    add: (files: readonly File[]) => {
      for (const file of files) {
        const id = ++lastId
        setTrials((before) => [{ id, name: file.name, state: 'waiting' }, ...before])
        queue.current = queue.current.then(() => read(id, file))
      }
    },
    remove: (id: number) => setTrials((before) => before.filter((trial) => trial.id !== id)),
  }
}
