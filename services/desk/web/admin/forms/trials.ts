import type { FormTrial } from '@tasain/contracts'
import { useEffect, useRef, useState } from 'react'
import { tryForm } from './forms.ts'

/** A copy with what was read of it, or why it was not; neither while it is under way. */
export type Trial = {
  readonly id: number
  readonly name: string
  readonly result?: FormTrial
  readonly refusal?: unknown
}

let lastId = 0

/** Filled copies that are tried, one after another; each by the form as it stands when its turn comes. */
export function useTrials(formId: string, flush: () => Promise<unknown>) {
  const [trials, setTrials] = useState<readonly Trial[]>([])
  const queue = useRef(Promise.resolve())
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const change = (id: number, part: Partial<Trial>) =>
    setTrials((before) => before.map((trial) => (trial.id === id ? { ...trial, ...part } : trial)))
  const read = async (id: number, file: File) => {
    // What has not had its turn when the page is left is not sent from another.
    if (!isHere.current) return
    try {
      await flush()
      change(id, { result: await tryForm(formId, file) })
    } catch (refusal) {
      change(id, { refusal })
    }
  }
  return {
    trials,
    add: (files: readonly File[]) => {
      for (const file of files) {
        const id = ++lastId
        setTrials((before) => [{ id, name: file.name }, ...before])
        queue.current = queue.current.then(() => read(id, file))
      }
    },
    remove: (id: number) => setTrials((before) => before.filter((trial) => trial.id !== id)),
  }
}
