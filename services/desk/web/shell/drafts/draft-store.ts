import { onSession } from '../server/client.ts'
import { toRefusal } from '../server/refusal.ts'
import {
  type DraftPlace,
  type DraftState,
  fail,
  finishDiscard,
  finishSave,
  receive,
  untouched,
  writeBody,
} from './draft.ts'
import { fetchDrafts, removeDraft, storeDraft } from './draft-client.ts'
import { clearMemory } from './memory.ts'

type Entry = {
  place: DraftPlace
  state: DraftState
  /** Counts what happened to it here. */
  touches: number
  isSaving: boolean
  timer: ReturnType<typeof setTimeout> | undefined
  /** When it must be saved, however long somebody goes on typing. */
  dueAt: number
}

const pauseMs = 500
const longestMs = 3_000
const againMs = 4_000
/** This window, to the server. */
const writer = crypto.randomUUID()
let written = 0
let owner: string | undefined
let isSignedIn = true
const entries = new Map<string, Entry>()
const loads = new Map<string, Promise<void>>()
/** Objects whose drafts could not be asked for. */
const missed = new Set<string>()
const listeners = new Set<() => void>()

/** Saves drafts when the page is left or hidden and when line or session come back; asks before what is unsaved is left. */
export function watchDrafts(): void {
  const leave = () => {
    for (const entry of listUnsaved()) void send(entry, { isLeaving: true })
  }
  window.addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', () => document.hidden && leave())
  window.addEventListener('focusout', () => void saveDrafts())
  window.addEventListener('online', goOn)
  onSession('lost', () => {
    isSignedIn = false
  })
  onSession('back', () => {
    isSignedIn = true
    goOn()
  })
  window.addEventListener('beforeunload', (event) => {
    if ([...entries.values()].some(({ state }) => !state.isSaved && state.typed !== undefined)) event.preventDefault()
  })
}

/** What is in memory is one person's: another one's sign-in lets go of them, saved or not. */
export function keepDraftsOf(person: string): void {
  if (owner !== undefined && owner !== person) {
    for (const { timer } of entries.values()) clearTimeout(timer)
    entries.clear()
    clearMemory()
  }
  owner = person
}

export function subscribeToDrafts(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function readDraft(place: DraftPlace): DraftState {
  return entries.get(nameOf(place))?.state ?? untouched
}

/** Changes a draft at once here, and at the server as soon as typing pauses. */
export function changeDraft(place: DraftPlace, change: (state: DraftState) => DraftState): void {
  const entry = getEntry(place)
  update(entry, change(entry.state))
  if (!entry.state.isSaved) schedule(entry)
}

/** Saves now what has not been saved. */
export async function saveDrafts(): Promise<void> {
  await Promise.all(listUnsaved().map(save))
}

/** Asks the server what the person has in hand of an object; once for all forms that ask at the same time. */
export async function loadDrafts(objectId: string): Promise<void> {
  const load = loads.get(objectId) ?? askForDrafts(objectId).finally(() => loads.delete(objectId))
  loads.set(objectId, load)
  await load
}

async function askForDrafts(objectId: string): Promise<void> {
  const before = new Map([...entries].map(([name, { touches }]) => [name, touches]))
  const drafts = await fetchDrafts(objectId).catch(() => undefined)
  if (drafts === undefined) return void missed.add(objectId)
  missed.delete(objectId)
  for (const { kind } of drafts) getEntry([kind, objectId])
  for (const [name, entry] of entries) {
    if (entry.place[1] !== objectId) continue
    const isTouched = entry.touches !== (before.get(name) ?? 0)
    const stored = drafts.find(({ kind }) => kind === entry.place[0])
    const next = receive(entry.state, stored, { writer, isTouched })
    if (next !== entry.state) update(entry, next)
  }
}

async function save(entry: Entry): Promise<void> {
  clearTimeout(entry.timer)
  entry.timer = undefined
  if (entry.isSaving) return
  entry.isSaving = true
  await loads.get(entry.place[1])
  if (listUnsaved().includes(entry)) await send(entry, { isLeaving: false })
  entry.isSaving = false
  // What was typed meanwhile waits for its own turn.
  if (listUnsaved().includes(entry) && !entry.state.problem) schedule(entry)
}

async function send(entry: Entry, leaving: { isLeaving: boolean }): Promise<void> {
  const { place, state } = entry
  const { typed } = state
  try {
    if (typed === undefined) {
      await removeDraft(place, leaving)
      update(entry, finishDiscard(entry.state))
    } else {
      written += 1
      const version = `${writer}.${written}`
      const { savedAt } = await storeDraft(place, { version, since: state.version, body: writeBody(state) }, leaving)
      update(entry, finishSave(entry.state, typed, version, savedAt))
    }
  } catch (thrown) {
    const refusal = toRefusal(thrown)
    if (refusal.code === 'draft.newer') return await loadDrafts(place[1])
    update(entry, fail(entry.state, refusal))
    if (refusal.mayPass) entry.timer ??= setTimeout(() => void save(entry), againMs)
  }
}

function schedule(entry: Entry): void {
  const now = Date.now()
  if (entry.timer === undefined) entry.dueAt = now + longestMs
  clearTimeout(entry.timer)
  entry.timer = setTimeout(() => void save(entry), Math.max(0, Math.min(pauseMs, entry.dueAt - now)))
}

/** The line or the session is back. */
function goOn(): void {
  for (const objectId of missed) void loadDrafts(objectId)
  void saveDrafts()
}

function update(entry: Entry, state: DraftState): void {
  entry.state = state
  entry.touches += 1
  for (const listener of listeners) listener()
}

function getEntry(place: DraftPlace): Entry {
  const name = nameOf(place)
  const entry = entries.get(name) ?? {
    place,
    state: untouched,
    touches: 0,
    isSaving: false,
    timer: undefined,
    dueAt: 0,
  }
  entries.set(name, entry)
  return entry
}

/** What is to be saved, as far as it can be now. */
function listUnsaved(): Entry[] {
  return isSignedIn ? [...entries.values()].filter(({ state }) => !state.isSaved && !state.newer) : []
}

function nameOf([kind, objectId]: DraftPlace): string {
  return `${kind}/${objectId}`
}
