import { uuidv7 } from 'uuidv7'

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** A new public id: a UUIDv7 in lower case. Ids made later by one process sort later. */
export function newId(): string {
  return uuidv7()
}

/** Whether `text` is a UUID as we write ids: lower case, hyphens, no blanks. */
export function isId(text: string): boolean {
  return shape.test(text)
}
