import {
  CheckmarkCircleFillIcon,
  ExclamationmarkTriangleFillIcon,
  FilesIcon,
  HourglassTopFilledIcon,
} from '@navikt/aksel-icons'
import type { PageState } from '@tasain/contracts'
import type { ComponentType } from 'react'
import { useTexts } from '../../shell/language/language.tsx'
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
