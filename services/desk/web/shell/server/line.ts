import { useSyncExternalStore } from 'react'

/** When the line to the desk was found to be down, as milliseconds since the epoch; null while it holds. */
type Line = { downSince: number | null }

const pauseMs = 1_000
const patienceMs = 1_800
const listeners = new Set<() => void>()
const backListeners = new Set<() => void>()
let line: Line = { downSince: null }
let isAsking = false
let timer: ReturnType<typeof setTimeout> | undefined
let livedAt = 0

/**
 * Begins to watch the line while the page is in view. The browser's own word only says when to ask at once: it knows
 * whether there is a network, not whether the desk can be reached. Call once.
 */
export function watchLine(): void {
  for (const turn of ['online', 'offline']) window.addEventListener(turn, checkLine)
  document.addEventListener('visibilitychange', checkLine)
  // Where many requests wait for one another the question may wait too; then what else is answered shows that the desk lives.
  new PerformanceObserver((list) => {
    const entries = list.getEntries() as PerformanceResourceTiming[]
    if (entries.some(({ responseStatus }) => responseStatus > 0)) showLife()
  }).observe({ type: 'resource' })
  checkLine()
}

/** Asks now whether the desk answers. */
export function checkLine(): void {
  clearTimeout(timer)
  if (!isAsking && document.visibilityState === 'visible') void ask()
}

/** Takes note that something has come from the desk, or is flowing to it. */
export function showLife(): void {
  livedAt = Date.now()
}

/** Calls back each time the line is there again. Returns how to stop. */
export function onLineBack(listener: () => void): () => void {
  backListeners.add(listener)
  return () => void backListeners.delete(listener)
}

/** Calls back when the line has been down for so long since now. Returns how to stop. */
export function onLineDown(ms: number, listener: () => void): () => void {
  const since = Date.now()
  const timer = setInterval(() => {
    if (line.downSince !== null && Date.now() - Math.max(line.downSince, since) >= ms) listener()
  }, 500)
  return () => clearInterval(timer)
}

export function useLine(): Line {
  return useSyncExternalStore(subscribe, () => line)
}

async function ask(): Promise<void> {
  isAsking = true
  const askedAt = Date.now()
  const isThere = (await isAnswered()) || livedAt > askedAt
  isAsking = false
  turn(isThere)
  timer = setTimeout(checkLine, pauseMs)
}

/** The desk answers this by itself and without a session, so it keeps none alive and costs nobody's allowance. */
async function isAnswered(): Promise<boolean> {
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const response = await fetch('/health', { method: 'HEAD', cache: 'no-store', credentials: 'omit', signal })
    return response.ok
  } catch {
    return false
  }
}

function turn(isThere: boolean): void {
  const wasThere = line.downSince === null
  if (isThere === wasThere) return
  line = { downSince: isThere ? null : Date.now() }
  for (const listener of listeners) listener()
  if (isThere) for (const listener of backListeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
