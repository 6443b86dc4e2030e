import { expect, test } from 'vitest'
import { readPerson } from './person.ts'

const claims = { sub: 's1', name: 'Aino', roles: ['manager', 'clerk'], office: 'o1', district: 'd1', locale: 'sv-FI' }

test('a person is made of what the provider says, and the language they chose goes before their usual one', () => {
  const person = { subject: 's1', name: 'Aino', roles: ['clerk', 'manager'], office: 'o1', district: 'd1' }
  expect(readPerson(claims, undefined)).toEqual({ ...person, language: 'sv' })
  expect(readPerson(claims, 'fi')).toEqual({ ...person, language: 'fi' })
})

test('roles that the table of rights does not know, and that of a service, give nothing', () => {
  expect(readPerson({ ...claims, roles: ['service', 'root', 'Clerk', 7, null] }, 'fi').roles).toEqual([])
  expect(readPerson({ ...claims, roles: 'handler' }, 'fi').roles).toEqual(['handler'])
  expect(readPerson({ ...claims, roles: { clerk: true } }, 'fi').roles).toEqual([])
})

test('what is missing or of another kind is not made up', () => {
  expect(readPerson({ sub: 's1', office: 7, district: ' ', locale: 'svenska' }, undefined)).toEqual({
    subject: 's1',
    name: 's1',
    roles: [],
    office: null,
    district: null,
    language: 'fi',
  })
  expect(() => readPerson({ name: 'Aino' }, 'fi')).toThrow('no subject')
})
