import type { Box } from '@tasain/contracts'
import { useState } from 'react'
import { useShortcuts } from '../frame/shortcuts.tsx'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { Sheet } from './sheet.tsx'
import { Thumbnails } from './thumbnails.tsx'
import type { ViewedPage } from './viewed-page.ts'
import { ViewerTools } from './viewer-tools.tsx'

type Props = {
  pages: readonly ViewedPage[]
  /** The page on show, by its place in the list. */
  shown: number
  onShow: (place: number) => void
  /** Boxes to mark on the page on show; the first is brought into sight. */
  boxes?: readonly Box[]
  grant?: string | undefined
}

const zooms = [50, 75, 100, 130, 170, 220, 300, 400]

/** The papers: thumbnails, one page large, zoom, turning, boxes. */
export function Viewer({ pages, shown, onShow, boxes = [], grant }: Props) {
  const t = useTexts(shellTexts).viewer
  const [zoom, setZoom] = useState(100)
  const [turned, setTurned] = useState(0)
  const page = pages[shown]
  const step = (by: number) => onShow(Math.min(pages.length - 1, Math.max(0, shown + by)))
  const zoomBy = (by: number) => {
    const place = zooms.findIndex((one) => one >= zoom)
    setZoom(zooms[Math.min(zooms.length - 1, Math.max(0, place + by))] ?? 100)
  }
  const turn = () => setTurned((turned + 90) % 360)
  useShortcuts([
    { key: '+', label: t.zoomIn, run: () => zoomBy(1) },
    { key: '-', label: t.zoomOut, run: () => zoomBy(-1) },
    { key: 'r', label: t.rotate, run: turn },
    ...(pages.length > 1
      ? [
          { key: '[', label: t.previous, run: () => step(-1) },
          { key: ']', label: t.next, run: () => step(1) },
        ]
      : []),
  ])
  if (!page) return null
  return (
    <section className="viewer" aria-label={t.papers}>
      <ViewerTools
        place={shown}
        count={pages.length}
        zoom={zoom}
        onStep={step}
        onZoom={zoomBy}
        onFit={() => setZoom(100)}
        onTurn={turn}
      />
      {pages.length > 1 && <Thumbnails pages={pages} shown={shown} onShow={onShow} grant={grant} />}
      <Sheet key={page.id} page={page} zoom={zoom} turned={turned} boxes={boxes} grant={grant} />
      <details className="page-text">
        <summary>{t.text}</summary>
        <p>{page.text.trim() === '' ? t.noText : page.text}</p>
      </details>
    </section>
  )
}
