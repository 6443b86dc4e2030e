import { type Caller, type Role, roles } from '@tasain/contracts'
import type { UiLanguage } from './page.ts'

export type Person = Caller & { language: UiLanguage }

/**
 * Reads who signed in from the provider's claims: sub, name, roles, office, district, locale. Roles that our table of
 * rights does not know give nothing and are dropped; `service` is never a person's. `asked`: the language chosen on the way in.
 */
export function readPerson(claims: Record<string, unknown>, asked: UiLanguage | undefined): Person {
  const subject = readText(claims['sub'])
  if (subject === null) throw new Error('the provider gave no subject')
  return {
    subject,
    name: readText(claims['name']) ?? subject,
    roles: readRoles(claims['roles']),
    office: readText(claims['office']),
    district: readText(claims['district']),
    language: asked ?? (/^sv\b/i.test(readText(claims['locale']) ?? '') ? 'sv' : 'fi'),
  }
}

function readRoles(claim: unknown): Role[] {
  const named: unknown[] = Array.isArray(claim) ? claim : [claim]
  return roles.filter((role) => role !== 'service' && named.includes(role))
}

function readText(claim: unknown): string | null {
  return typeof claim === 'string' && claim.trim() !== '' ? claim.trim().slice(0, 200) : null
}
