// Every way a request can be refused: what any can meet first, then in the order the paper walks.
import { applicationRefusals } from './refusals/applications.ts'
import { askingRefusals } from './refusals/asking.ts'
import { draftRefusals } from './refusals/drafts.ts'
import { impartialityRefusals } from './refusals/impartiality.ts'
import { paperRefusals } from './refusals/papers.ts'
import type { Text } from './refusals/refusal.ts'
import { taskRefusals } from './refusals/tasks.ts'

export const refusals = {
  ...askingRefusals,
  ...draftRefusals,
  ...paperRefusals,
  ...applicationRefusals,
  ...taskRefusals,
  ...impartialityRefusals,
} as const

export type RefusalCode = keyof typeof refusals

/** The body of every refusal; `fields` names what to correct, `reference` finds the log line. */
export type RefusalBody = {
  error: { code: RefusalCode; message: Text; reference: string; fields?: { path: string; message: string }[] }
}

export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(refusals, text)
}
