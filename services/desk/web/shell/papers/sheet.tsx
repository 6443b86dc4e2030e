import { Skeleton } from '@navikt/ds-react'
import type { Box } from '@tasain/contracts'
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../language/language.tsx'
import { RefusalAlert } from '../parts/refusal-alert.tsx'
import { shellTexts } from '../texts.ts'
import { usePageImage } from './page-image.tsx'
import type { ViewedPage } from './viewed-page.ts'

type Props = {
  page: ViewedPage
  /** Per cent of the width there is. */
  zoom: number
  /** Degrees clockwise: 0, 90, 180 or 270. */
  turned: number
  boxes: readonly Box[]
  grant?: string | undefined
}

// A region that scrolls must take the keyboard's focus, or its far side cannot be reached without a mouse.
const reachable = { tabIndex: 0 } as const

/** One page, scrollable with mouse and keyboard, with boxes drawn over it. */
export function Sheet({ page, zoom, turned, boxes, grant }: Props) {
  const t = useTexts(shellTexts).viewer
  const { address, failure, retry } = usePageImage(page.id, 'page', grant)
  const scroller = useRef<HTMLDivElement>(null)
  const room = useWidth(scroller)
  const { width, height } = page.width > 0 && page.height > 0 ? page : { width: 1240, height: 1754 }
  const lies = turned % 180 !== 0
  const scale = ((room / (lies ? height : width)) * zoom) / 100
  const outer = { width: (lies ? height : width) * scale, height: (lies ? width : height) * scale }
  const first = boxes[0]?.join(' ')
  useEffect(() => {
    if (first === undefined || turned !== 0) return
    const [x = 0, y = 0] = first.split(' ').map(Number)
    scroller.current?.scrollTo({ left: x * scale - 40, top: y * scale - 120, behavior: 'smooth' })
  }, [first, scale, turned])
  return (
    <section className="sheet" ref={scroller} aria-label={t.label} {...reachable}>
      {failure && <RefusalAlert refusal={failure} onRetry={retry} />}
      <div className="sheet-room" style={outer}>
        <div
          className="sheet-page"
          style={{
            width: width * scale,
            height: height * scale,
            transform: `translate(-50%, -50%) rotate(${turned}deg)`,
          }}
        >
          {address ? (
            <img src={address} alt={t.thumbnail(page.number)} />
          ) : (
            !failure && <Skeleton variant="rectangle" height="100%" />
          )}
          {boxes.map(([x, y, w, h]) => (
            <span
              key={`${x} ${y} ${w} ${h}`}
              className="mark-box"
              style={{
                left: `${(x / width) * 100}%`,
                top: `${(y / height) * 100}%`,
                width: `${(w / width) * 100}%`,
                height: `${(h / height) * 100}%`,
              }}
            />
          ))}
        </div>
      </div>
    </section>
  )
}

/** How wide an element is, as long as it is there. */
export function useWidth(ref: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(600)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(Math.max(120, element.clientWidth - 2)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}
