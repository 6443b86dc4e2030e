export type Level = 'calm' | 'usual' | 'long' | 'congested' | 'blocked'

/** Bounds between the levels, in queue days. */
export type Bounds = { usual: number; long: number; congested: number }

const fallbackDays = 10

/** Levels are told against the nation's own queue, so that an even load looks even whatever its height. */
export function chooseBounds(nationQueueDays: number | null): Bounds {
  const days = Math.max(1, nationQueueDays ?? fallbackDays)
  const round = (value: number) => Math.round(value * 2) / 2
  return { usual: round(days * 0.7), long: round(days * 1.25), congested: round(days * 1.8) }
}

export function judgeLevel(queueDays: number | null, bounds: Bounds): Level {
  if (queueDays === null) return 'blocked'
  if (queueDays < bounds.usual) return 'calm'
  if (queueDays <= bounds.long) return 'usual'
  return queueDays <= bounds.congested ? 'long' : 'congested'
}
