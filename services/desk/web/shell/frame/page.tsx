import { BodyShort, Heading } from '@navikt/ds-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { AgeContext, DataAge, useAges } from '../parts/data-age.tsx'

type Props = { title: string; lead?: ReactNode; actions?: ReactNode; wide?: boolean; children: ReactNode }

let isFirstPage = true

/**
 * One page: its only h1, which takes the focus when the reader came here from another page, how old what it shows is, and
 * what stands below.
 */
export function Page({ title, lead, actions, wide = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [ages, reportAge] = useAges()
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
          <DataAge ages={ages} />
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      <AgeContext value={reportAge}>{children}</AgeContext>
    </div>
  )
}
