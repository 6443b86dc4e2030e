import { BodyShort } from '@navikt/ds-react'
import type { ReactNode } from 'react'

/** A list without rows: says so, and what to do next. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <BodyShort size="small">{children}</BodyShort>
      {action}
    </div>
  )
}
