import {
  CheckmarkCircleFillIcon,
  ExclamationmarkTriangleFillIcon,
  FilesIcon,
  HourglassTopFilledIcon,
} from '@navikt/aksel-icons'
import { BodyShort } from '@navikt/ds-react'
import type { BatchPage, PageState } from '@tasain/contracts'
import type { ComponentType } from 'react'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { explainCode } from '../../shell/server/refusal.ts'
import { shellTexts } from '../../shell/texts.ts'

const looks: Record<PageState, { icon: ComponentType<{ 'aria-hidden': boolean }>; tone: string }> = {
  stored: { icon: HourglassTopFilledIcon, tone: 'state-still' },
  read: { icon: CheckmarkCircleFillIcon, tone: 'state-good' },
  set_aside: { icon: ExclamationmarkTriangleFillIcon, tone: 'state-doubt' },
  duplicate: { icon: FilesIcon, tone: 'state-doubt' },
}

/** What has become of a page, by colour, icon and word. */
export function PageStateMark({ state }: { state: PageState }) {
  const t = useTexts(shellTexts).pageStates
  const { icon: Icon, tone } = looks[state]
  return (
    <span className={`state ${tone}`}>
      <Icon aria-hidden />
      {t[state]}
    </span>
  )
}

/** Why pages were set aside, each reason once. */
export function SetAsideReasons({ pages }: { pages: readonly Pick<BatchPage, 'reason'>[] }) {
  const { language } = useLanguage()
  const reasons = new Set(pages.flatMap(({ reason }) => reason ?? []))
  return [...reasons].map((reason) => (
    <BodyShort key={reason} size="small" className="state-doubt">
      {explainCode(reason, language)}
    </BodyShort>
  ))
}
