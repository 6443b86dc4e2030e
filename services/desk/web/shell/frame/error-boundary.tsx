import { BodyLong, Button, Heading } from '@navikt/ds-react'
import { Component, type ReactNode } from 'react'
import { useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { NotLoaded, PageNotLoaded } from './lazy-page.tsx'

/** Catches what a page threw while drawing itself, so that a fault in one page leaves words instead of a blank screen. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { thrown: unknown }> {
  override state: { thrown: unknown } = { thrown: undefined }

  static getDerivedStateFromError(thrown: unknown): { thrown: unknown } {
    return { thrown: thrown ?? new Error('nothing was thrown') }
  }

  override render(): ReactNode {
    if (this.state.thrown === undefined) return this.props.children
    return this.state.thrown instanceof PageNotLoaded ? <NotLoaded /> : <Crashed />
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
