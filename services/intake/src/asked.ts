import type { Caller } from '@tasain/contracts'
import { refuse } from '@tasain/kit'
import { isId } from '@tasain/vocabulary'

/** The office whose papers the caller may touch. @throws right.missing when the person has none. */
export function getOffice(caller: Caller): string {
  if (caller.office === null) throw refuse('right.missing')
  return caller.office
}

/** The id in the path. @throws request.not_found when it is no id, as for one that does not exist. */
export function getId(params: Record<string, string>): string {
  const id = params['id'] ?? ''
  if (!isId(id)) throw refuse('request.not_found')
  return id
}
