import { Skeleton } from '@navikt/ds-react'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { usePageImage } from './page-image.tsx'

type Props = {
  pages: readonly { id: string; number: number }[]
  shown: number
  onShow: (place: number) => void
  grant?: string | undefined
}

export function Thumbnails({ pages, shown, onShow, grant }: Props) {
  const t = useTexts(shellTexts).viewer
  return (
    <ul className="thumbnails" aria-label={t.pages}>
      {pages.map((page, place) => (
        <li key={page.id}>
          <button
            type="button"
            className="thumbnail"
            aria-current={place === shown}
            aria-label={t.thumbnail(page.number)}
            onClick={() => onShow(place)}
          >
            <Thumbnail pageId={page.id} grant={grant} />
            <span>{page.number}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The small image of a page; the text around it must say what page it is. */
export function Thumbnail({ pageId, grant }: { pageId: string; grant?: string | undefined }) {
  const { address, failure } = usePageImage(pageId, 'thumbnail', grant)
  if (address) return <img src={address} alt="" />
  return failure ? <span className="thumbnail-none" /> : <Skeleton variant="rectangle" width={64} height={90} />
}
