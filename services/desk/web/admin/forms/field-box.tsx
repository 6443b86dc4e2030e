import type { DraftField, FormDraft } from '@tasain/contracts'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { announce } from '../../shell/parts/announcer.tsx'
import { adminTexts } from '../texts.ts'
import { moveField, type Pull, pullField } from './place.ts'
import { useDrag } from './use-drag.ts'
import type { Editor } from './use-editor.ts'
import { sayField } from './words.ts'

type Props = { field: DraftField; editor: Editor; scale: number; hasFault: boolean; onEdit: () => void }

/** How far an arrow key goes, in 1/300 inch: a quarter of a millimetre; with Ctrl ten times as far. */
const keyStep = 3
/** On a side shorter than this, in pixels of the screen, handles would leave nothing to drag the field by. */
const leastSide = 48
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
export function FieldBox({ field, editor, scale, hasFault, onEdit }: Props) {
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
    if (!editor.isOpen || event.metaKey || event.altKey) return
    const arrow = arrows[event.key]
    if (arrow) {
      event.preventDefault()
      const [dx, dy] = arrow.map((way) => way * keyStep * (event.ctrlKey ? 10 : 1)) as [number, number]
      change((before) =>
        event.shiftKey ? pullField(before, { across: 1, down: 1 }, dx, dy, page) : moveField(before, dx, dy, page),
      )
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault()
      onEdit()
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && !event.ctrlKey) {
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
        className={[
          'field-box',
          isChosen && 'field-box-chosen',
          hasFault && 'field-box-fault',
          Math.max(field.region[2], field.region[3]) * scale < leastSide && 'field-box-small',
        ]
          .filter(Boolean)
          .join(' ')}
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
      {isChosen && editor.isOpen && <Handles field={field} scale={scale} page={page} drag={drag} editor={editor} />}
    </>
  )
}

type HandleProps = Pick<Props, 'field' | 'editor' | 'scale'> & {
  page: FormDraft['page']
  drag: ReturnType<typeof useDrag>
}

/** What a chosen field is pulled by: on its edges, but around a small one, which is dragged by its middle. */
function Handles({ field, editor, scale, page, drag }: HandleProps) {
  const [width, height] = [field.region[2] * scale, field.region[3] * scale]
  const [beside, above] = [width < leastSide ? 9 : 0, height < leastSide ? 9 : 0]
  const [wide, high] = [width + 2 * beside, height + 2 * above]
  const shown = pulls.filter(({ across, down }) => (across !== 0 || wide >= 30) && (down !== 0 || high >= 30))
  const { left, top, width: share, height: tall } = placeOnPage(field.region, page)
  const around = {
    left: `calc(${left} - ${beside}px)`,
    top: `calc(${top} - ${above}px)`,
    width: `calc(${share} + ${2 * beside}px)`,
    height: `calc(${tall} + ${2 * above}px)`,
  }
  return (
    <span className="box-handles" style={around}>
      {shown.map((pull) => (
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
              onMove: (dx, dy) =>
                editor.changeField(
                  field.key,
                  () => pullField(field, pull, dx / scale, dy / scale, page),
                  `place ${field.key}`,
                ),
              onEnd: editor.pause,
            })
          }}
        />
      ))}
    </span>
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

type OnPage = Record<'left' | 'top' | 'width' | 'height', `${number}%`>

export function placeOnPage([x, y, width, height]: DraftField['region'], page: FormDraft['page']): OnPage {
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
