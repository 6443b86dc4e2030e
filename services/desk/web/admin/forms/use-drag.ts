import type { PointerEvent as ReactPointerEvent } from 'react'
import { useEffect, useRef } from 'react'

type Drag = { onMove: (dx: number, dy: number) => void; onEnd: (hasMoved: boolean) => void }

/** Follows the pointer from where it was pressed until it is let go; distances in pixels of the screen. */
export function useDrag(): (event: ReactPointerEvent, drag: Drag) => void {
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])
  return (event, { onMove, onEnd }) => {
    if (event.button !== 0) return
    const [x, y] = [event.clientX, event.clientY]
    let hasMoved = false
    const move = (next: PointerEvent) => {
      const [dx, dy] = [next.clientX - x, next.clientY - y]
      // A hand that presses trembles.
      hasMoved ||= Math.hypot(dx, dy) > 3
      if (hasMoved) onMove(dx, dy)
    }
    const end = () => {
      stop.current?.()
      onEnd(hasMoved)
    }
    stop.current = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', end)
      window.removeEventListener('pointercancel', end)
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', end)
    window.addEventListener('pointercancel', end)
  }
}
