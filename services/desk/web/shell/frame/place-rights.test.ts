import type { Role } from '@tasain/contracts'
import { expect, test } from 'vitest'
import { findPlace, listPlaces } from './place-rights.ts'

test('the menu offers each role what the servers let it see, and nothing else', () => {
  const menus: Record<Role, string[]> = {
    clerk: ['scan', 'batches', 'check', 'search'],
    handler: ['tasks', 'conflicts'],
    manager: ['situation', 'moves', 'rules', 'staff'],
    auditor: ['duties', 'situation', 'moves', 'rules'],
    admin: ['forms', 'duties', 'rules', 'staff'],
    service: ['duties'],
  }
  for (const [role, places] of Object.entries(menus)) expect(listPlaces([role as Role]), role).toEqual(places)
  expect(listPlaces([])).toEqual(['duties'])
  expect(listPlaces(['clerk', 'handler'])).toEqual([...menus.clerk, ...menus.handler])
})

test('a page below a place belongs to it', () => {
  expect(findPlace('/rules/7')).toBe('rules')
  expect(findPlace('/rulesets')).toBeUndefined()
  expect(findPlace('/')).toBeUndefined()
})
