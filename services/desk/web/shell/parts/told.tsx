import { Alert } from '@navikt/ds-react'
import { useEffect, useRef } from 'react'

/** Says that something is done. It takes the focus when what was pressed is no longer there to have it. */
export function Told({ words }: { words: string | undefined }) {
  const said = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (words === undefined) return
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) said.current?.focus({ preventScroll: true })
    }, 50)
    return () => clearTimeout(timer)
  }, [words])
  return (
    <div ref={said} role="status" tabIndex={-1} className="told">
      {words && (
        <Alert variant="success" size="small">
          {words}
        </Alert>
      )}
    </div>
  )
}
