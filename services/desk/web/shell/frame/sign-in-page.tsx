import { BodyLong, Button, Heading } from '@navikt/ds-react'
import { useEffect } from 'react'
import { useLanguage, useTexts } from '../language/language.tsx'
import { shellTexts } from '../texts.ts'
import { LanguageSwitch, ProductMark } from './brand.tsx'

/** Where a person who is not signed in begins; the way back leads to the page they asked for. */
export function SignInPage() {
  const t = useTexts(shellTexts)
  const { language } = useLanguage()
  useEffect(() => {
    document.title = `${t.signIn.title} – Tasain`
  }, [t])
  const wanted = encodeURIComponent(window.location.pathname + window.location.search)
  return (
    <main className="lone">
      <div className="lone-top">
        <span className="lone-product">
          <ProductMark />
          {t.product}
        </span>
        <LanguageSwitch />
      </div>
      <BodyLong className="quiet" spacing>
        {t.slogan}
      </BodyLong>
      <Heading level="1" size="medium" spacing>
        {t.signIn.title}
      </Heading>
      <BodyLong size="small" spacing>
        {t.signIn.lead}
      </BodyLong>
      <Button as="a" href={`/sign-in?language=${language}&return=${wanted}`}>
        {t.signIn.action}
      </Button>
    </main>
  )
}
