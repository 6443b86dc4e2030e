import { useQueryClient } from '@tanstack/react-query'
import type { ApplicationDetail, CheckedField, CorrectFields } from '@tasain/contracts'
import { useState } from 'react'
import { getToday } from '../../shell/language/format.ts'
import { needsLook, showValue } from './checking.ts'
import { judgeField, type Verdict } from './verdict.ts'

export type Draft = ReturnType<typeof useDraft>

/** What the clerk has typed and accepted of one application, until it is saved. */
export function useDraft({ application, fields }: ApplicationDetail) {
  const queries = useQueryClient()
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set())
  const [faultsShown, setFaultsShown] = useState<ReadonlySet<string>>(new Set())
  const [restricted, setRestricted] = useState(application.restricted)

  const read = (field: CheckedField): string => values[field.name] ?? showValue(field)
  const judge = (field: CheckedField): Verdict => judgeField(field.name, read(field), field.required, getToday())
  const isChanged = (field: CheckedField): boolean => read(field).trim() !== showValue(field)
  const isSettled = (field: CheckedField): boolean =>
    judge(field).ok && (accepted.has(field.name) || (isChanged(field) && field.status !== 'sure'))
  const isOpen = (field: CheckedField): boolean =>
    (needsLook(field) && !isSettled(field)) || (isChanged(field) && !judge(field).ok)

  return {
    read,
    judge,
    isChanged,
    isOpen,
    /** Whether the application cannot go on before this field is settled; other doubts the handler will see. */
    isBlocking: (field: CheckedField) => isOpen(field) && (field.required || isChanged(field)),
    isAccepted: (field: CheckedField) => accepted.has(field.name) && judge(field).ok,
    /** Whether the field's fault may be told: not while somebody is typing for the first time. */
    isFaultShown: (field: CheckedField) => faultsShown.has(field.name),
    write: (field: CheckedField, value: string) => {
      setValues({ ...values, [field.name]: value })
      setAccepted(new Set([...accepted].filter((name) => name !== field.name)))
    },
    /** Takes the value as it stands. Returns whether it could be taken. */
    accept: (field: CheckedField): boolean => {
      setFaultsShown(new Set([...faultsShown, field.name]))
      if (!judge(field).ok) return false
      setAccepted(new Set([...accepted, field.name]))
      return true
    },
    leave: (field: CheckedField) => {
      if (isChanged(field)) setFaultsShown(new Set([...faultsShown, field.name]))
    },
    showFaults: () => setFaultsShown(new Set(fields.map(({ name }) => name))),
    restricted,
    setRestricted,
    hasChanges: restricted !== application.restricted || fields.some((field) => isSent(field)),
    toCorrection: (): CorrectFields => ({
      version: application.version,
      fields: Object.fromEntries(fields.filter(isSent).map((field) => [field.name, read(field).trim()])),
      ...(restricted === application.restricted ? {} : { restricted }),
    }),
    reload: () => void queries.invalidateQueries({ queryKey: ['application', application.id] }),
  }

  function isSent(field: CheckedField): boolean {
    return judge(field).ok && (accepted.has(field.name) || isChanged(field))
  }
}
