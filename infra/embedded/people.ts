import { readFileSync } from 'node:fs'

/** The desk's name at the development sign-in. */
export const clientId = 'tasain-desk'

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
    const person = findPerson(entry)
    if (!person) throw new Error(`${path}: person ${index} lacks a subject, a name, roles or a language`)
    return person
  })
}

function findPerson(entry: unknown): Person | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined
  const fields: Record<string, unknown> = { ...entry }
  const { subject, name, roles, officeId = null, districtId = null, language } = fields
  if (typeof subject !== 'string' || typeof name !== 'string' || !isTextList(roles)) return undefined
  if (!isTextOrNull(officeId) || !isTextOrNull(districtId)) return undefined
  if (language !== 'fi' && language !== 'sv') return undefined
  return { subject, name, roles, officeId, districtId, language }
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}
