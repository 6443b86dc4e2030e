import { BodyLong } from '@navikt/ds-react'
import { useEffect, useRef } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
import { NextButton } from '../next/next-button.tsx'
import { handlerTexts } from '../texts.ts'

/** Stands where the work was, once the task has left one's hands, and leads on to the next. */
export function LostTask() {
  const t = useTexts(handlerTexts).case
  const words = useRef<HTMLParagraphElement>(null)
  // Whatever had the focus is gone.
  useEffect(() => {
    if (document.activeElement === document.body) words.current?.focus()
  }, [])
  return (
    <section className="card stack" role="alert">
      <BodyLong size="small" ref={words} tabIndex={-1} className="told">
        {t.lost}
      </BodyLong>
      <NextButton />
    </section>
  )
}
