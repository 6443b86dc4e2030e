import type { Box } from '@tasain/contracts'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { usePageImage } from './page-image.tsx'

type Props = {
  page: { id: string; width: number; height: number }
  box: Box
  field: string
  grant?: string | undefined
}

const tallest = 56

/** The piece of the page image where a field stands, cut out with a little of what is around it. */
export function Snippet({ page, box, field, grant }: Props) {
  const t = useTexts(shellTexts).viewer
  const { address } = usePageImage(page.id, 'page', grant)
  const [x, y, width, height] = widenBox(box, page)
  return (
    <div
      className="snippet"
      style={{ aspectRatio: `${width} / ${height}`, maxWidth: `${Math.round((tallest * width) / height)}px` }}
    >
      {address && (
        <img
          src={address}
          alt={t.snippet(field)}
          style={{
            width: `${(page.width / width) * 100}%`,
            height: `${(page.height / height) * 100}%`,
            left: `${(-x / width) * 100}%`,
            top: `${(-y / height) * 100}%`,
          }}
        />
      )}
    </div>
  )
}

/** A box with a margin of half its height, kept inside the page. */
export function widenBox([x, y, width, height]: Box, page: { width: number; height: number }): Box {
  const margin = Math.max(8, height * 0.4)
  const left = Math.max(0, x - margin)
  const top = Math.max(0, y - margin)
  const right = Math.min(page.width, x + width + margin)
  const bottom = Math.min(page.height, y + height + margin)
  return [left, top, Math.max(1, right - left), Math.max(1, bottom - top)]
}
