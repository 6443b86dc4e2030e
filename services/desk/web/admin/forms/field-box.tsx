import type { DraftField, FormDraft } from '@tasain/contracts'
import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from 'react'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { adminTexts } from '../texts.ts'
import { moveField, type Pull, pullField } from './place.ts'
import { useDrag } from './use-drag.ts'
import type { Editor } from './use-editor.ts'
import { sayField } from './words.ts'

type Props = { field: DraftField; editor: Editor; scale: number; hasFault: boolean }

/** How far an arrow key goes, in 1/300 inch: a quarter of a millimetre. */
const keyStep = 3
const pulls: readonly Pull[] = ([-1, 0, 1] as const).flatMap((across) =>
  ([-1, 0, 1] as const).flatMap((down) => (across === 0 && down === 0 ? [] : [{ across, down }])),
)
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** A field's place on the blank: dragged and pulled with the mouse, moved and sized with the arrow keys. */
export function FieldBox({ field, editor, scale, hasFault }: Props) {
  const { language } = useLanguage()
  const t = useTexts(adminTexts)
  const box = useRef<HTMLButtonElement>(null)
  const drag = useDrag()
  const { page } = editor.draft
  const isChosen = editor.chosen?.key === field.key
  useEffect(() => {
    if (isChosen) box.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isChosen])
  const place = placeOnPage(field.region, page)
  const change = (next: (before: DraftField) => DraftField) => editor.changeField(field.key, next, `place ${field.key}`)
  const press = (event: KeyboardEvent) => {
    if (!editor.isOpen || event.ctrlKey || event.metaKey || event.altKey) return
    const arrow = arrows[event.key]
    if (arrow) {
      event.preventDefault()
      const [dx, dy] = [arrow[0] * keyStep, arrow[1] * keyStep]
      change((before) =>
        event.shiftKey ? pullField(before, { across: 1, down: 1 }, dx, dy, page) : moveField(before, dx, dy, page),
      )
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      editor.removeField(field.key)
      announce(t.editor.removed(sayField(field, language)))
    }
  }
  return (
    <>
      <button
        type="button"
        ref={box}
        className={`field-box${isChosen ? ' field-box-chosen' : ''}${hasFault ? ' field-box-fault' : ''}`}
        style={place}
        data-key={field.key}
        aria-pressed={isChosen}
        aria-label={t.editor.field(sayField(field, language), t.fields.types[field.type])}
        onFocus={() => editor.choose(field.key)}
        onKeyDown={press}
        onKeyUp={editor.pause}
        onPointerDown={(event) => {
          event.stopPropagation()
          editor.choose(field.key)
          if (!editor.isOpen) return
          drag(event, {
            onMove: (dx, dy) => change(() => moveField(field, dx / scale, dy / scale, page)),
            onEnd: editor.pause,
          })
        }}
      >
        {isChosen && <Cells field={field} />}
      </button>
      {isChosen && editor.isOpen && (
        <span className="box-handles" style={place}>
          {pulls.map((pull) => (
            <span
              key={`${pull.across} ${pull.down}`}
              className="box-handle"
              style={{
                left: `${(pull.across + 1) * 50}%`,
                top: `${(pull.down + 1) * 50}%`,
                cursor: cursorOf(pull),
              }}
              onPointerDown={(event) => {
                event.stopPropagation()
                event.preventDefault()
                drag(event, {
                  onMove: (dx, dy) => change(() => pullField(field, pull, dx / scale, dy / scale, page)),
                  onEnd: editor.pause,
                })
              }}
            />
          ))}
        </span>
      )}
    </>
  )
}

/** The strokes between the cells of a comb. */
function Cells({ field: { comb, region } }: { field: DraftField }) {
  if (comb === undefined) return null
  return Array.from({ length: comb.cells - 1 }, (_, index) => {
    const at = comb.x + (index + 1) * comb.width
    return <span key={at} className="box-cell" style={{ left: `${((at - region[0]) / region[2]) * 100}%` }} />
  })
}

export function placeOnPage([x, y, width, height]: DraftField['region'], page: FormDraft['page']): CSSProperties {
  return {
    left: `${(x / page.width) * 100}%`,
    top: `${(y / page.height) * 100}%`,
    width: `${(width / page.width) * 100}%`,
    height: `${(height / page.height) * 100}%`,
  }
}

function cursorOf({ across, down }: Pull): string {
  if (down === 0) return 'ew-resize'
  if (across === 0) return 'ns-resize'
  return across === down ? 'nwse-resize' : 'nesw-resize'
}
