import {
  CheckmarkCircleFillIcon,
  CircleSlashIcon,
  ExclamationmarkTriangleFillIcon,
  XMarkOctagonFillIcon,
} from '@navikt/aksel-icons'
import type { CheckedField, FieldStatus } from '@tasain/contracts'
import type { ComponentType } from 'react'
import { useTexts } from '../language/language.tsx'
import type { ShellTexts } from '../texts.fi.ts'
import { shellTexts } from '../texts.ts'

const looks: Record<FieldStatus, { icon: ComponentType<{ 'aria-hidden': boolean }>; tone: string }> = {
  sure: { icon: CheckmarkCircleFillIcon, tone: 'state-good' },
  doubtful: { icon: ExclamationmarkTriangleFillIcon, tone: 'state-doubt' },
  invalid: { icon: XMarkOctagonFillIcon, tone: 'state-bad' },
  missing: { icon: CircleSlashIcon, tone: 'state-still' },
}

/** How sure a field is, by colour, icon and word. */
export function FieldMark({ field, accepted = false }: { field: CheckedField; accepted?: boolean }) {
  const { status } = useTexts(shellTexts)
  const { icon: Icon, tone } = looks[accepted ? 'sure' : field.status]
  const isGap = !accepted && field.status === 'missing' && field.required
  return (
    <span className={`state ${isGap ? 'state-bad' : tone}`}>
      <Icon aria-hidden />
      {accepted ? status.accepted : describeStatus(field, status)}
    </span>
  )
}

function describeStatus({ status, source }: CheckedField, t: ShellTexts['status']): string {
  // How sure a model is of its letters says nothing of whether the looks agreed, so no number is shown.
  if (status !== 'sure' || source === 'reading') return t[status]
  return source === 'clerk' ? t.byClerk : t.byCover
}
