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

/** The piece of the page image where a field stands. */
export function Snippet({ page, box, field, grant }: Props) {
  const t = useTexts(shellTexts).viewer
  const { address } = usePageImage(page.id, 'page', grant)
  return <Cutting address={address} page={page} box={box} words={t.snippet(field)} tallest={56} />
}

type CuttingProps = {
  /** undefined while the picture is on its way. */
  address: string | undefined
  page: { width: number; height: number }
  box: Box
  words: string
  /** In pixels of the screen. */
  tallest: number
}

/** A piece cut out of a page's picture, with a little of what is around it. */
export function Cutting({ address, page, box, words, tallest }: CuttingProps) {
  const [x, y, width, height] = widenBox(box, page)
  const most = Math.round((tallest * width) / height)
  return (
    <div className="snippet" style={{ aspectRatio: `${width} / ${height}`, maxWidth: `min(100%, ${most}px)` }}>
      {address && (
        <img
          src={address}
          alt={words}
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

/** A box with some of its height around it, kept inside the page. */
function widenBox([x, y, width, height]: Box, page: { width: number; height: number }): Box {
  const margin = Math.max(8, height * 0.4)
  const left = Math.max(0, x - margin)
  const top = Math.max(0, y - margin)
  const right = Math.min(page.width, x + width + margin)
  const bottom = Math.min(page.height, y + height + margin)
  return [left, top, Math.max(1, right - left), Math.max(1, bottom - top)]
}
