const most = 100
const memory = new Map<string, unknown>()

export function readMemory(key: string): unknown {
  return memory.get(key)
}

/** Remembers a value for as long as the page lives; of too many the oldest is forgotten. */
export function writeMemory(key: string, value: unknown): void {
  memory.delete(key)
  memory.set(key, value)
  const [oldest] = memory.keys()
  if (memory.size > most && oldest !== undefined) memory.delete(oldest)
}

export function clearMemory(): void {
  memory.clear()
}
