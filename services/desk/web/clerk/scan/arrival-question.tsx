import { Alert, Checkbox, CheckboxGroup } from '@navikt/ds-react'
import type { judgeArrival } from '@tasain/vocabulary'
import { showDate } from '../../shell/language/format.ts'
import { useTexts } from '../../shell/language/language.tsx'
import { clerkTexts } from '../texts.ts'

type Props = {
  arrivedOn: string | null
  arrival: ReturnType<typeof judgeArrival>
  isConfirmed: boolean
  /** Whether the clerk has gone on without an answer. */
  isAsked: boolean
  onConfirm: (isRight: boolean) => void
}

/** Asks about papers that arrived long ago: a year written wrong makes work that is late before it begins. */
export function ArrivalQuestion({ arrivedOn, arrival, isConfirmed, isAsked, onConfirm }: Props) {
  const t = useTexts(clerkTexts)
  if (arrivedOn === null || arrival === 'good') return null
  if (arrival !== 'old')
    return (
      <Alert variant="error" size="small" role="alert">
        {t.verdict[arrival]}
      </Alert>
    )
  return (
    <CheckboxGroup
      size="small"
      legend={t.arrival.question}
      error={isAsked && !isConfirmed && t.arrival.unanswered}
      value={isConfirmed ? [arrivedOn] : []}
      onChange={(right: string[]) => onConfirm(right.includes(arrivedOn))}
    >
      <Checkbox value={arrivedOn}>{t.arrival.confirm(showDate(arrivedOn))}</Checkbox>
    </CheckboxGroup>
  )
}
