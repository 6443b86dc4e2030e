export type Pace = { bytes: number; everyMs: number }

/** Calls `stalled` whenever fewer bytes than the pace asks for have come or gone within its time. @returns what ends the watch. */
export function watchPace(countBytes: () => number, stalled: () => void, { bytes, everyMs }: Pace): () => void {
  let before = countBytes()
  const timer = setInterval(() => {
    const now = countBytes()
    const moved = now - before
    before = now
    if (moved < bytes) stalled()
  }, everyMs)
  return () => clearInterval(timer)
}
