import { Skeleton } from '@navikt/ds-react'
import { useEffect, useRef, useState } from 'react'
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
  const place = useRef<HTMLSpanElement>(null)
  const isSeen = useSeen(place)
  const { address, failure } = usePageImage(isSeen ? pageId : undefined, 'thumbnail', grant)
  if (address) return <img src={address} alt="" />
  return (
    <span ref={place} className="thumbnail-none">
      {!failure && <Skeleton variant="rectangle" height="100%" />}
    </span>
  )
}

/** Whether an element has come near the window: a long batch asks only for the images somebody can see. */
function useSeen(ref: { current: HTMLElement | null }): boolean {
  const [isSeen, setIsSeen] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsSeen(true)
      },
      { rootMargin: '200px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return isSeen
}
