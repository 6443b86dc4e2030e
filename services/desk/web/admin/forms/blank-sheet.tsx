import { ArrowRedoIcon, ArrowUndoIcon, PlusIcon, ZoomMinusIcon, ZoomPlusIcon } from '@navikt/aksel-icons'
import { Button, Skeleton } from '@navikt/ds-react'
import type { FormPlace } from '@tasain/contracts'
import { type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { useShortcuts } from '../../shell/frame/shortcuts.tsx'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { useObjectUrl } from '../../shell/papers/page-image.tsx'
import { useWidth } from '../../shell/papers/sheet.tsx'
import { Tool } from '../../shell/papers/viewer-tools.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { adminTexts } from '../texts.ts'
import { FieldBox, placeOnPage } from './field-box.tsx'
import { useBlank } from './forms.ts'
import { boxBetween } from './place.ts'
import { useDrag } from './use-drag.ts'
import type { Editor } from './use-editor.ts'
import { sayField } from './words.ts'

const zooms = [60, 80, 100, 130, 170, 220]
// A region that scrolls must take the keyboard's focus, or its far side cannot be reached without a mouse.
const reachable = { tabIndex: 0 } as const

type Props = {
  id: string
  editor: Editor
  /** Somebody wants to say what a field is. */
  onEdit: (key: string) => void
}

/** The blank with its fields drawn over it, to be moved, pulled, drawn and named. */
export function BlankSheet({ id, editor, onEdit }: Props) {
  const t = useTexts(adminTexts).editor
  const { language } = useLanguage()
  const [zoom, setZoom] = useState(100)
  const scroller = useRef<HTMLDivElement>(null)
  const blank = useBlank(id)
  const address = useObjectUrl(blank.data)
  const room = useWidth(scroller)
  const { page } = editor.draft
  const scale = ((room / page.width) * zoom) / 100
  const atFault = new Set(editor.faults.map(({ key }) => key))
  const zoomBy = (by: number) =>
    setZoom(zooms[Math.min(zooms.length - 1, Math.max(0, zooms.indexOf(zoom) + by))] ?? 100)
  const add = (region: FormPlace) => {
    const added = editor.addField(region)
    if (!added) return
    announce(t.added(sayField(added, language)))
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-key="${added.key}"]`)?.focus({ preventScroll: true }),
    )
  }
  const addHere = () => {
    const view = scroller.current
    const top = view ? (view.scrollTop + view.clientHeight / 3) / scale : page.height / 2
    add([page.width * 0.3, Math.min(top, page.height - 100), page.width * 0.4, 80])
  }
  const undo = editor.undo && (() => act(editor.undo, t.undone))
  const redo = editor.redo && (() => act(editor.redo, t.redone))
  useShortcuts(
    editor.isOpen
      ? [
          { key: 'z', ctrl: true, label: t.undo, run: () => undo?.() },
          { key: 'y', ctrl: true, label: t.redo, run: () => redo?.() },
          { key: 'arrows', label: t.keys.move },
          { key: 'arrows', ctrl: true, label: t.keys.moveFar },
          { key: 'shift+arrows', label: t.keys.size },
          { key: 'shift+arrows', ctrl: true, label: t.keys.sizeFar },
          { key: 'enter', label: t.keys.edit },
          { key: 'esc', label: t.keys.back },
          { key: 'delete', label: t.remove },
        ]
      : [],
  )
  return (
    <section className="blank" aria-label={t.sheet}>
      <div className="viewer-tools" role="toolbar" aria-label={t.sheet}>
        <Tool label={t.zoomOut} icon={<ZoomMinusIcon aria-hidden />} onClick={() => zoomBy(-1)} />
        <span className="viewer-zoom">{zoom} %</span>
        <Tool label={t.zoomIn} icon={<ZoomPlusIcon aria-hidden />} onClick={() => zoomBy(1)} />
        <span className="bar-space" />
        {editor.isOpen && (
          <>
            <Tool label={t.undo} icon={<ArrowUndoIcon aria-hidden />} onClick={undo} />
            <Tool label={t.redo} icon={<ArrowRedoIcon aria-hidden />} onClick={redo} />
            <Button type="button" size="small" variant="secondary" icon={<PlusIcon aria-hidden />} onClick={addHere}>
              {t.add}
            </Button>
          </>
        )}
      </div>
      {blank.error && <RefusalAlert refusal={blank.error} onRetry={() => void blank.refetch()} />}
      <section className="blank-scroll" ref={scroller} aria-label={t.image} {...reachable}>
        <DrawingGround editor={editor} scale={scale} onDrawn={add}>
          {address ? (
            <img src={address} alt={t.image} draggable={false} />
          ) : (
            <Skeleton variant="rectangle" height="100%" />
          )}
          {editor.fields.map((field) => (
            <FieldBox
              key={field.key}
              field={field}
              editor={editor}
              scale={scale}
              hasFault={atFault.has(field.key)}
              onEdit={() => onEdit(field.key)}
            />
          ))}
        </DrawingGround>
      </section>
    </section>
  )
}

function act(run: (() => void) | undefined, words: string): void {
  run?.()
  announce(words)
}

type GroundProps = { editor: Editor; scale: number; onDrawn: (region: FormPlace) => void; children: ReactNode }

/** The page itself: pulling over an empty place draws a new field. */
function DrawingGround({ editor, scale, onDrawn, children }: GroundProps) {
  const ground = useRef<HTMLDivElement>(null)
  const [drawn, setDrawn] = useState<FormPlace>()
  const drag = useDrag()
  const { page } = editor.draft
  const start = (event: PointerEvent) => {
    const corner = ground.current?.getBoundingClientRect()
    if (!editor.isOpen || !corner) return
    const [x, y] = [(event.clientX - corner.left) / scale, (event.clientY - corner.top) / scale]
    let box: FormPlace | undefined
    drag(event, {
      onMove: (dx, dy) => {
        box = boxBetween([x, y], [x + dx / scale, y + dy / scale], page)
        setDrawn(box)
      },
      onEnd: (hasMoved) => {
        setDrawn(undefined)
        if (hasMoved && box && box[2] >= 16 && box[3] >= 16) onDrawn(box)
        else editor.choose(null)
      },
    })
  }
  return (
    <div
      className="blank-page"
      ref={ground}
      style={{ width: page.width * scale, height: page.height * scale }}
      onPointerDown={start}
    >
      {children}
      {drawn && <span className="box-drawn" style={placeOnPage(drawn, page)} />}
    </div>
  )
}
