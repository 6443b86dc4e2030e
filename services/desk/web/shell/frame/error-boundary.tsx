import { BodyLong, Button, Heading } from '@navikt/ds-react'
import { Component, type ReactNode } from 'react'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'

/** Catches what a page threw while drawing itself, so that a fault in one page leaves words instead of a blank screen. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? <Crashed /> : this.props.children
  }
}

function Crashed() {
  const t = useTexts(shellTexts).crash
  return (
    <section className="lone" role="alert">
      <Heading level="1" size="medium" spacing>
        {t.title}
      </Heading>
      <BodyLong size="small" spacing>
        {t.body}
      </BodyLong>
      <Button size="small" onClick={() => window.location.reload()}>
        {t.action}
      </Button>
    </section>
  )
}
