const awayAfterMs = 60_000
let touchedAt = Date.now()

/** Begins to notice when somebody touches the page. Call once. */
export function watchPresence(): void {
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'focus'])
    window.addEventListener(kind, noteTouch, { capture: true, passive: true })
}

/** Milliseconds since somebody last touched the page. */
export function getAwayMs(): number {
  return Date.now() - touchedAt
}

/** Whether nobody has touched the page for a minute: what it then asks for must not keep the session alive. */
export function isAway(): boolean {
  return getAwayMs() > awayAfterMs
}

function noteTouch(): void {
  touchedAt = Date.now()
}
