import {
  type Caller,
  findReach,
  type IntakeAction,
  intakeActions,
  type Reach,
  type ViewGrant,
  viewGrantHeader,
} from '@tasain/contracts'
import { readViewGrant, refuse } from '@tasain/kit'
import type { House } from './house.ts'

/** By what rights somebody looks at papers: each of their roles for itself, and the grant they bring. */
export type Looker = {
  caller: Caller
  reaches: ReadonlySet<Reach>
  grant: ViewGrant | undefined
  /** Whether the task of the grant is theirs now; undefined while the balancer cannot be asked. */
  isHeld: boolean | undefined
}

/**
 * Reads who looks; a grant counts only for the person it was given to. Asks the balancer, so no transaction may be open
 * meanwhile.
 */
export async function describeLooker(
  action: IntakeAction,
  asked: { caller: Caller; header: (name: string) => string | undefined },
  house: Pick<House, 'trusted' | 'tasks'>,
): Promise<Looker> {
  const { caller } = asked
  const reaches = new Set(caller.roles.flatMap((role) => findReach(intakeActions[action], [role]) ?? []))
  const token = asked.header(viewGrantHeader)
  const read = token === undefined ? undefined : await readViewGrant(house.trusted.balancer, token)
  const grant = read?.subject === caller.subject && reaches.has('task') ? read : undefined
  const isHeld = grant === undefined ? false : await house.tasks.isHeld(grant)
  return { caller, reaches, grant, isHeld }
}

/** What decides about a look at a paper. */
export type Paper = {
  office: string
  applicationId: string | null
  /** Whether the clerks of the office have it before them (see grant.store.ts). */
  onTheDesk: boolean
  /** Whether its person is under non-disclosure. */
  restricted: boolean
}

/**
 * Whether this person may look at this paper now: by their office, by the task they hold, or as an auditor.
 * @throws request.not_found when not: what somebody may not see does not exist for them; application.state_unknown while the
 * balancer cannot be asked whether the task is still theirs.
 */
export function assertMayLook({ caller, reaches, grant, isHeld }: Looker, paper: Paper): void {
  if (reaches.has('all')) return
  if (reaches.has('office') && caller.office === paper.office && paper.onTheDesk) return
  const isOfGrant = grant !== undefined && grant.application === paper.applicationId
  if (!isOfGrant || (paper.restricted && !grant.cleared)) throw refuse('request.not_found')
  if (isHeld === undefined) throw refuse('application.state_unknown')
  if (!isHeld) throw refuse('request.not_found')
}
