import { RefusalAlert } from '../../shell/parts/refusal-alert.tsx'
import { ServerRefusal } from '../../shell/server/refusal.ts'

type Props = {
  refusal: unknown
  /** By code, in the reader's language: what suits whoever makes a form better than what is said to a clerk. */
  own: Readonly<Record<string, string>>
}

/** Why a file could not be used for a form, and what to do. */
export function FormRefusal({ refusal, own }: Props) {
  const words = refusal instanceof ServerRefusal ? own[refusal.code] : undefined
  if (!(refusal instanceof ServerRefusal) || words === undefined) return <RefusalAlert refusal={refusal} />
  return <RefusalAlert refusal={new ServerRefusal(refusal.code, { fi: words, sv: words }, refusal.reference)} />
}
