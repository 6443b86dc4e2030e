const awayAfterMs = 60_000
let touchedAt = Date.now()

const noteTouch = () => {
  touchedAt = Date.now()
}
for (const kind of ['pointerdown', 'keydown', 'wheel', 'focus'])
  window.addEventListener(kind, noteTouch, { capture: true, passive: true })

/** Whether nobody has touched the page for a minute: what it then asks for must not keep the session alive. */
export function isAway(): boolean {
  return Date.now() - touchedAt > awayAfterMs
}
