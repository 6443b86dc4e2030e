import {
  type Caller,
  findReach,
  type IntakeAction,
  intakeActions,
  type Reach,
  type ViewGrant,
  viewGrantHeader,
} from '@tasain/contracts'
import { readViewGrant } from '@tasain/kit'

/** By what rights somebody looks at papers: each of their roles for itself, and the grant they bring. */
export type Looker = { caller: Caller; reaches: ReadonlySet<Reach>; grant: ViewGrant | undefined }

/** Reads who looks; a grant counts only for the person it was given to. */
export async function describeLooker(
  action: IntakeAction,
  asked: { caller: Caller; header: (name: string) => string | undefined },
  balancerPublicKey: string,
): Promise<Looker> {
  const { caller } = asked
  const reaches = new Set(caller.roles.flatMap((role) => findReach(intakeActions[action], [role]) ?? []))
  const token = asked.header(viewGrantHeader)
  const grant = token === undefined ? undefined : await readViewGrant(balancerPublicKey, token)
  return { caller, reaches, grant: grant?.subject === caller.subject ? grant : undefined }
}

/** What decides about a look at a paper. */
export type Paper = {
  office: string
  applicationId: string | null
  /** Whether the clerks of the office have it before them (see grant.store.ts). */
  onTheDesk: boolean
}

/** Whether this person may look at this paper now: by their office, by a grant, or as an auditor. */
export function mayLook({ caller, reaches, grant }: Looker, paper: Paper): boolean {
  if (reaches.has('all')) return true
  if (reaches.has('office') && caller.office === paper.office && paper.onTheDesk) return true
  return reaches.has('task') && grant !== undefined && grant.application === paper.applicationId
}
