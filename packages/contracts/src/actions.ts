// Who may do what: the one table from which every route is guarded and every list is filtered.

export const roles = ['clerk', 'handler', 'manager', 'auditor', 'admin', 'service'] as const
export type Role = (typeof roles)[number]

/**
 * How far a role's right to an action reaches.
 * `office`: things of the person's own office; `district`: of the offices of the person's own district;
 * `task`: only what belongs to a task the person holds (proved by a lease or a view grant); `self`: the person's own
 * things; `all`: everything of the house.
 */
export type Reach = 'office' | 'district' | 'task' | 'self' | 'all'

type Grants = Partial<Record<Role, Reach>>

/** Actions of the intake house. */
export const intakeActions = {
  'batch.open': { clerk: 'office' },
  'batch.list': { clerk: 'office' },
  'batch.close': { clerk: 'office' },
  'scan.upload': { clerk: 'office' },
  'scan.settle': { clerk: 'office' },
  'page.view': { clerk: 'office', handler: 'task', auditor: 'all' },
  'page.search': { clerk: 'office' },
  'application.list': { clerk: 'office' },
  'application.view': { clerk: 'office', handler: 'task' },
  'application.correct': { clerk: 'office' },
  'application.lift': { clerk: 'office' },
  'form.list': { admin: 'all' },
  'form.write': { admin: 'all' },
  'form.publish': { admin: 'all' },
  'handover.read': { service: 'all' },
  'record.verify': { auditor: 'all', admin: 'all', service: 'all' },
  // How background work goes, without a word of what it works on.
  'work.view': { manager: 'all', auditor: 'all', admin: 'all', service: 'all' },
} as const satisfies Record<string, Grants>

/** Actions of the balancer house. */
export const balancerActions = {
  'task.claim': { handler: 'office' },
  'task.list': { handler: 'self' },
  'task.view': { handler: 'task' },
  'task.decide': { handler: 'task' },
  'task.return': { handler: 'task' },
  'task.request_information': { handler: 'task' },
  'task.recuse': { handler: 'task' },
  'task.explain': { handler: 'self', manager: 'district', auditor: 'all' },
  'task.move': { manager: 'district' },
  'alarm.view': { manager: 'district', auditor: 'all' },
  'load.view': { manager: 'all', auditor: 'all' },
  'load.view_own_office': { clerk: 'office', handler: 'office' },
  'rule.list': { manager: 'all', auditor: 'all', admin: 'all' },
  'rule.write': { manager: 'district' },
  'rule.approve': { manager: 'all' },
  // Of managers only one without a district: see `maySwitchPlanning`.
  'plan.switch': { manager: 'all', admin: 'all' },
  // Whoever may stop levelling must see whether it runs.
  'plan.view': { manager: 'all', auditor: 'all', admin: 'all' },
  'move.list': { manager: 'district', auditor: 'all' },
  'event.read': { service: 'all' },
  'conflict.list': { handler: 'self' },
  'conflict.write': { handler: 'self' },
  'staff.list': { manager: 'district', admin: 'all' },
  'staff.write': { manager: 'district', admin: 'all' },
  'office.list': { clerk: 'all', handler: 'all', manager: 'all', auditor: 'all', admin: 'all' },
  'record.verify': { auditor: 'all', admin: 'all', service: 'all' },
  // How background work goes, without a word of what it works on.
  'work.view': { manager: 'all', auditor: 'all', admin: 'all', service: 'all' },
} as const satisfies Record<string, Grants>

/** Actions of the desk itself; everything else it passes on to the house that owns it. */
export const deskActions = {
  'session.view': { clerk: 'self', handler: 'self', manager: 'self', auditor: 'self', admin: 'self' },
  // Whoever may write something may be in the middle of it.
  'draft.keep': { clerk: 'self', handler: 'self', manager: 'self', admin: 'self' },
  'record.verify': { auditor: 'all', admin: 'all', service: 'all' },
  // How background work goes, without a word of what it works on.
  'work.view': { manager: 'all', auditor: 'all', admin: 'all', service: 'all' },
} as const satisfies Record<string, Grants>

export type IntakeAction = keyof typeof intakeActions
export type BalancerAction = keyof typeof balancerActions
export type DeskAction = keyof typeof deskActions

/** The widest reach that these roles give to this action, or undefined when they give none. */
export function findReach(grants: Grants, held: readonly Role[]): Reach | undefined {
  const order: Reach[] = ['all', 'district', 'office', 'task', 'self']
  const reaches = held.map((role) => grants[role])
  return order.find((reach) => reaches.includes(reach))
}

/** Whether a person may stop and start levelling: an administrator, or a manager of the nation, who has no district. */
export function maySwitchPlanning(person: { roles: readonly Role[]; district: string | null }): boolean {
  if (findReach(balancerActions['plan.switch'], person.roles) === undefined) return false
  return person.roles.includes('admin') || person.district === null
}

/**
 * Whether figures may count restricted work for these roles. It is in none for anybody else, whatever they ask: what one
 * answer counts and another leaves out can be found by subtraction.
 */
export function maySeeRestrictedFigures(held: readonly Role[]): boolean {
  return held.includes('auditor')
}
