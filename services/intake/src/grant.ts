import {
  type ApplicationState,
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

/** How long after its batch was closed the clerks of the office still see a paper. */
export const daysAfterClosing = 7

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
  /** Where the application stands; null for a paper of none. */
  state: ApplicationState | null
  /** When its batch was closed. */
  closedAt: Date | null
}

/** Whether this person may look at this paper now: by their office, by a grant, or as an auditor. */
export function mayLook({ caller, reaches, grant }: Looker, paper: Paper, now: Date): boolean {
  if (reaches.has('all')) return true
  if (reaches.has('office') && caller.office === paper.office && isOnTheDesk(paper, now)) return true
  return reaches.has('task') && grant !== undefined && grant.application === paper.applicationId
}

/** A clerk needs a paper until a while after its batch was closed, and for as long as it waits to be checked. */
function isOnTheDesk({ state, closedAt }: Paper, now: Date): boolean {
  if (closedAt === null || state === 'reading' || state === 'incomplete' || state === 'unidentified') return true
  return now.getTime() - closedAt.getTime() <= daysAfterClosing * 86_400_000
}
