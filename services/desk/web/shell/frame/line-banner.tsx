import { ExclamationmarkTriangleFillIcon } from '@navikt/aksel-icons'
import { showTime } from '../language/format.ts'
import { useTexts } from '../language/language.tsx'
import { useLine } from '../server/line.ts'
import { shellTexts } from '../texts.ts'

/** Stands above every page while the desk cannot be reached: since when, and what that means for what is shown and sent. */
export function LineBanner() {
  const t = useTexts(shellTexts).line
  const { downSince } = useLine()
  return (
    <div role="status" className="line-banner">
      {downSince !== null && (
        <p>
          <ExclamationmarkTriangleFillIcon aria-hidden /> <strong>{t.down(showTime(downSince))}</strong> {t.meaning}
        </p>
      )}
    </div>
  )
}
