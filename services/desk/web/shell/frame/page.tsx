import { BodyShort, Heading } from '@navikt/ds-react'
import { type ReactNode, useEffect, useRef } from 'react'

type Props = { title: string; lead?: ReactNode; actions?: ReactNode; wide?: boolean; children: ReactNode }

let isFirstPage = true

/** One page: its only h1, which takes the focus when the reader came here from another page, and what stands below. */
export function Page({ title, lead, actions, wide = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – Tasain`
  }, [title])
  useEffect(() => {
    if (!isFirstPage) heading.current?.focus({ preventScroll: true })
    isFirstPage = false
  }, [])
  return (
    <div className={wide ? 'page page-wide' : 'page'}>
      <div className="page-top">
        <div>
          <Heading level="1" size="medium" ref={heading} tabIndex={-1} className="page-title">
            {title}
          </Heading>
          {lead && (
            <BodyShort as="div" size="small" className="quiet">
              {lead}
            </BodyShort>
          )}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  )
}
