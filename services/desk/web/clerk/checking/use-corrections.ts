import { useQueryClient } from '@tanstack/react-query'
import type { ApplicationDetail, CheckedField, CorrectFields } from '@tasain/contracts'
import { useState } from 'react'
import { useDraft } from '../../shell/drafts/use-draft.ts'
import { getToday } from '../../shell/language/format.ts'
import { needsLook, showValue } from './checking.ts'
import { judgeField, type Verdict } from './verdict.ts'

export type Corrections = ReturnType<typeof useCorrections>

type Typed = {
  values: Readonly<Record<string, string>>
  /** The fields accepted as they stand, each with the version of the application in which it stood so. */
  accepted: Readonly<Record<string, number>>
  /** Null while it is as the application says. */
  restricted: boolean | null
}
const nothing: Typed = { values: {}, accepted: {}, restricted: null }

/** What the clerk has typed and accepted of one application, until it is saved. */
export function useCorrections({ application, fields }: ApplicationDetail) {
  const queries = useQueryClient()
  const { id, version } = application
  const draft = useDraft<Typed>(['check', id], nothing, String(version))
  const { values, accepted } = draft.value
  const restricted = draft.value.restricted ?? application.restricted
  const [faultsShown, setFaultsShown] = useState<ReadonlySet<string>>(new Set())

  const read = (field: CheckedField): string => values[field.name] ?? showValue(field)
  const judgeText = (field: CheckedField): Verdict => judgeField(field.name, read(field), field.required, getToday())
  /** The date of arrival of long ago that the clerk has said is right. */
  const [confirmedOld, setConfirmedOld] = useState<string>()
  const isOld = (field: CheckedField): boolean => {
    const verdict = judgeText(field)
    return !verdict.ok && verdict.problem === 'old'
  }
  const isConfirmed = (field: CheckedField): boolean => confirmedOld === read(field)
  const judge = (field: CheckedField): Verdict => (isOld(field) && isConfirmed(field) ? { ok: true } : judgeText(field))
  const isChanged = (field: CheckedField): boolean => read(field).trim() !== showValue(field)
  const isTaken = (field: CheckedField): boolean => accepted[field.name] === version && judge(field).ok
  const isSettled = (field: CheckedField): boolean =>
    isTaken(field) || (judge(field).ok && isChanged(field) && field.status !== 'sure')
  const isOpen = (field: CheckedField): boolean =>
    (needsLook(field) && !isSettled(field)) || (isChanged(field) && !judge(field).ok)
  const isSent = (field: CheckedField): boolean => isTaken(field) || (judge(field).ok && isChanged(field))
  const reload = () => queries.refetchQueries({ queryKey: ['application', id] })

  return {
    draft,
    read,
    judge,
    isChanged,
    isOpen,
    /** Whether the application cannot go on before this field is settled; other doubts the handler will see. */
    isBlocking: (field: CheckedField) => isOpen(field) && (field.required || isChanged(field)),
    isAccepted: isTaken,
    /** Whether the field's fault may be told: not while somebody is typing for the first time. */
    isFaultShown: (field: CheckedField) => faultsShown.has(field.name),
    write: (field: CheckedField, value: string) =>
      draft.change({
        values: value === showValue(field) ? omit(values, field.name) : { ...values, [field.name]: value },
        accepted: omit(accepted, field.name),
      }),
    /** Takes the value as it stands. Returns whether it could be taken. */
    accept: (field: CheckedField): boolean => {
      setFaultsShown(new Set([...faultsShown, field.name]))
      if (!judge(field).ok) return false
      draft.change({ accepted: { ...accepted, [field.name]: version } })
      return true
    },
    leave: (field: CheckedField) => {
      if (isChanged(field)) setFaultsShown(new Set([...faultsShown, field.name]))
    },
    showFaults: () => setFaultsShown(new Set(fields.map(({ name }) => name))),
    isOld,
    isConfirmed,
    confirm: (field: CheckedField, isRight: boolean) => setConfirmedOld(isRight ? read(field) : undefined),
    restricted,
    setRestricted: (on: boolean) => draft.change({ restricted: on === application.restricted ? null : on }),
    hasChanges: restricted !== application.restricted || fields.some(isSent),
    toCorrection: (): CorrectFields => ({
      version,
      fields: Object.fromEntries(fields.filter(isSent).map((field) => [field.name, read(field).trim()])),
      ...(restricted === application.restricted ? {} : { restricted }),
      ...(fields.some((field) => isSent(field) && isOld(field)) && { confirmOld: true }),
    }),
    reload: () => void reload(),
    /** After what could be saved was saved: the application as it now stands, with what could not be saved yet. */
    goOn: async () => {
      const sent = new Set(fields.filter(isSent).map(({ name }) => name))
      const rest = Object.fromEntries(Object.entries(values).filter(([name]) => !sent.has(name)))
      await reload()
      const now = queries.getQueryData<ApplicationDetail>(['application', id])?.application.version ?? version
      draft.goOnWith({ ...nothing, values: rest }, String(now))
    },
  }
}

function omit<T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
}
