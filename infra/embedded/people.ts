import { readFileSync } from 'node:fs'

/** A person of the development sign-in. */
export type Person = {
  subject: string
  name: string
  roles: string[]
  officeId: string | null
  districtId: string | null
  language: 'fi' | 'sv'
}

/** Reads the people of a JSON file. @throws with the place of the first fault. */
export function readPeople(path: string): Person[] {
  const list: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!Array.isArray(list) || list.length === 0) throw new Error(`${path} holds no list of people`)
  return list.map((entry: unknown, index) => {
    if (!isPerson(entry)) throw new Error(`${path}: person ${index} lacks a subject, a name, roles or a language`)
    return entry
  })
}

function isPerson(entry: unknown): entry is Person {
  if (typeof entry !== 'object' || entry === null) return false
  const fields: Record<string, unknown> = { ...entry }
  const { subject, name, roles, officeId = null, districtId = null, language } = fields
  const isTextOrNull = (value: unknown) => value === null || typeof value === 'string'
  return (
    typeof subject === 'string' &&
    typeof name === 'string' &&
    Array.isArray(roles) &&
    roles.every((role) => typeof role === 'string') &&
    isTextOrNull(officeId) &&
    isTextOrNull(districtId) &&
    (language === 'fi' || language === 'sv')
  )
}
