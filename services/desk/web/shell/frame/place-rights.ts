import { balancerActions, deskActions, findReach, intakeActions, type Role } from '@tasain/contracts'
import type { shellTexts } from '../texts.ts'

export type PlaceName = keyof (typeof shellTexts)['fi']['places']
type Grants = Parameters<typeof findReach>[0]

// What one must be allowed to do for a page to be of use, by its place in the menu; the servers hold the same table.
const needs: Record<PlaceName, readonly Grants[]> = {
  scan: [intakeActions['batch.open'], intakeActions['scan.upload']],
  batches: [intakeActions['batch.list']],
  check: [intakeActions['application.list'], intakeActions['application.correct']],
  search: [intakeActions['page.search']],
  tasks: [balancerActions['task.claim'], balancerActions['task.list']],
  conflicts: [balancerActions['conflict.list'], balancerActions['conflict.write']],
  forms: [intakeActions['form.list'], intakeActions['form.write']],
  duties: [deskActions['record.verify']],
  situation: [balancerActions['load.view'], balancerActions['plan.view']],
  moves: [balancerActions['move.list']],
  rules: [balancerActions['rule.list']],
  staff: [balancerActions['staff.list'], balancerActions['staff.write']],
}
const names = Object.keys(needs) as PlaceName[]

export const paths: Readonly<Record<PlaceName, string>> = {
  scan: '/scan',
  batches: '/batches',
  check: '/check',
  search: '/search',
  tasks: '/tasks',
  conflicts: '/conflicts',
  forms: '/forms',
  duties: '/duties',
  situation: '/situation',
  moves: '/moves',
  rules: '/rules',
  staff: '/staff',
}

/** Where the roles a person holds let them go, in order; everybody has somewhere. */
export function listPlaces(roles: readonly Role[]): PlaceName[] {
  const places = names.filter((name) => mayOpen(name, roles))
  return places.length === 0 ? ['duties'] : places
}

export function mayOpen(place: PlaceName, roles: readonly Role[]): boolean {
  return needs[place].every((grants) => findReach(grants, roles) !== undefined)
}

/** The place in the menu that an address lies in or below. */
export function findPlace(pathname: string): PlaceName | undefined {
  return names.find((name) => pathname === paths[name] || pathname.startsWith(`${paths[name]}/`))
}
