import type { DraftKind, DraftList } from '@tasain/contracts'
import type { ServerRefusal } from '../server/refusal.ts'

/** What a form is for and the id of what it is about, or `new`. */
export type DraftPlace = readonly [kind: DraftKind, objectId: string]
/** A draft as the server has it. */
export type StoredDraft = DraftList['drafts'][number]

/** What stands in one form of this window, and how that stands with the server. */
export type DraftState = Readonly<{
  /** What the form holds; undefined while it is as it began. */
  typed: object | undefined
  /** What the object was like when writing began, such as its version. */
  basis: string
  /** Whether the server has just this. */
  isSaved: boolean
  /** The version at the server, as far as this window knows. */
  version: string | null
  savedAt: string | null
  /** Why the last attempt to save did not succeed. */
  problem: ServerRefusal | undefined
  /** What another window has written meanwhile; until the person has chosen, nothing is saved. */
  newer: StoredDraft | undefined
  /** What was thrown away last, as long as nothing new was typed. */
  discarded: Pick<DraftState, 'typed' | 'basis'> | undefined
  /** Counts how often the form's content came from elsewhere than its fields. */
  revision: number
}>

export const untouched: DraftState = {
  typed: undefined,
  basis: '',
  isSaved: true,
  version: null,
  savedAt: null,
  problem: undefined,
  newer: undefined,
  discarded: undefined,
  revision: 0,
}

/** After a change in the form; `typed` undefined when it is again as it began. The basis is that of the first change. */
export function type(state: DraftState, typed: object | undefined, basis: string): DraftState {
  return {
    ...state,
    typed,
    basis: state.typed === undefined ? basis : state.basis,
    // What the server never had need not be taken away there.
    isSaved: typed === undefined && state.version === null,
    discarded: undefined,
  }
}

/** The form begins anew, because its act is done or the person wants it so. */
export function clear(state: DraftState): DraftState {
  return { ...type(state, undefined, ''), newer: undefined, problem: undefined, revision: state.revision + 1 }
}

export function discard(state: DraftState): DraftState {
  const { typed, basis } = state
  return { ...clear(state), discarded: { typed, basis } }
}

export function restore(state: DraftState): DraftState {
  const { discarded } = state
  if (!discarded) return state
  return { ...type(state, discarded.typed, discarded.basis), revision: state.revision + 1 }
}

/** The server has stored `sent`; what was typed meanwhile it does not have yet. */
export function finishSave(state: DraftState, sent: object, version: string, savedAt: string): DraftState {
  return { ...state, version, savedAt, isSaved: state.typed === sent, problem: undefined }
}

export function finishDiscard(state: DraftState): DraftState {
  return { ...state, version: null, savedAt: null, isSaved: state.typed === undefined, problem: undefined }
}

export function fail(state: DraftState, problem: ServerRefusal): DraftState {
  return { ...state, problem }
}

type Arrival = {
  /** This window's own name: the first part of the versions it writes. */
  writer: string
  /** Whether the form was changed, or its draft stored, since the server was asked. */
  isTouched: boolean
}

/**
 * What the server has, asked for when the form was opened. It fills a form that nobody has touched; beside what has been
 * typed here and is not stored yet it is another window's, and the person chooses.
 */
export function receive(
  state: DraftState,
  stored: StoredDraft | undefined,
  { writer, isTouched }: Arrival,
): DraftState {
  if (stored === undefined)
    return state.isSaved && !isTouched && state.typed ? { ...clear(state), isSaved: true, version: null } : state
  if (stored.version === state.version || stored.version.startsWith(`${writer}.`)) return state
  if (!state.isSaved && state.typed !== undefined) return { ...state, newer: stored }
  return isTouched ? state : adopt(state, stored)
}

/** Of two drafts the other window's stays. */
export function takeNewer(state: DraftState): DraftState {
  return state.newer ? adopt(state, state.newer) : state
}

/** Of two drafts this window's stays: it is saved over the other. */
export function keepMine(state: DraftState): DraftState {
  return state.newer ? { ...state, version: state.newer.version, newer: undefined } : state
}

function adopt(state: DraftState, { body, version, savedAt }: StoredDraft): DraftState {
  const { typed, basis } = readBody(body)
  const revision = state.revision + 1
  return { ...untouched, typed, basis, version, savedAt, revision }
}

/** The body in which a draft travels. */
export function writeBody({ typed, basis }: Pick<DraftState, 'typed' | 'basis'>): Readonly<Record<string, unknown>> {
  return { value: typed, basis }
}

function readBody({ value, basis }: Readonly<Record<string, unknown>>): Pick<DraftState, 'typed' | 'basis'> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return { typed: isRecord ? value : undefined, basis: typeof basis === 'string' ? basis : '' }
}

/**
 * A form's content: as it begins, with what was typed over it. A part that an earlier edition of the form wrote in another
 * form, or that this one does not have, is left out.
 */
export function blend<T extends object>(blank: T, typed: object | undefined): T {
  const parts = Object.entries(typed ?? {}).filter(
    ([name, part]) => Object.hasOwn(blank, name) && nameForm(part) === nameForm(blank[name as keyof T]),
  )
  return { ...blank, ...Object.fromEntries(parts) }
}

function nameForm(part: unknown): 'list' | 'record' | 'one' {
  if (Array.isArray(part)) return 'list'
  return typeof part === 'object' && part !== null ? 'record' : 'one'
}
