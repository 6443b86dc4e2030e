import type { Caller } from '@tasain/contracts'
import { isId } from '@tasain/vocabulary'
import type { Request } from 'express'
import type { Kysely } from 'kysely'
import type { AccessLog } from './access-log.ts'
import type { Log } from './log.ts'
import type { Refusal } from './refuse.ts'

/** `id`: what it is about, where the address says so. */
type Attempt = { caller: Caller; action: string; id: string | undefined }

export type RefusedAccess = {
  /** Remembers who asks for what, for the case that it is refused. */
  note: (request: Request, attempt: Attempt) => void
  /** Writes down an access that was refused; never fails. */
  record: (request: Request, refusal: Refusal, reference: string) => Promise<void>
}

/** So many of a person are written down one by one in a minute; of the others how many there were. */
const mostPerMinute = 20
const nobody = 'nobody'

/**
 * Keeps what was refused for want of a right: a line in the service's log, and for somebody who is known an entry
 * `refused` in the access log, with the action and the thing. What is absent and what is forbidden look alike here too.
 */
export function createRefusedAccess<S>(options: { db: Kysely<S>; log: Log; accessLog: AccessLog }): RefusedAccess {
  const { db, log, accessLog } = options
  const attempts = new WeakMap<Request, Attempt>()
  let minute = 0
  let counts = new Map<string, number>()
  const countAnother = (subject: string): number => {
    const now = Math.floor(Date.now() / 60_000)
    if (now !== minute) {
      for (const [who, count] of counts)
        if (count > mostPerMinute)
          log.warn({ security: 'refused', subject: who, count }, 'accesses refused in a minute')
      minute = now
      counts = new Map()
    }
    const count = (counts.get(subject) ?? 0) + 1
    counts.set(subject, count)
    return count
  }
  return {
    note: (request, attempt) => void attempts.set(request, attempt),
    async record(request, refusal, reference) {
      const attempt = attempts.get(request)
      if (!isForWantOfRight(refusal, attempt)) return
      const { caller, action, id } = attempt ?? {}
      const count = countAnother(caller?.subject ?? nobody)
      if (count > mostPerMinute + 1) return
      const path = String(request.route?.path ?? 'no route')
      const isLast = count > mostPerMinute
      const seen = { code: refusal.code, method: request.method, path, reference }
      log.warn({ security: 'refused', subject: caller?.subject ?? nobody, action, ...seen }, 'an access was refused')
      if (!caller || action === undefined) return
      const entry = isLast
        ? { kind: action, id: 'more', reason: `more than ${mostPerMinute} in a minute` }
        : { kind: action, id: id !== undefined && isId(id) ? id : path, reason: refusal.code }
      await db
        .transaction()
        .execute((tx) => accessLog.append(tx, caller, 'refused', [entry]))
        .catch((error: unknown) => log.error({ error, alarm: 'access_log' }, 'a refused access could not be logged'))
    },
  }
}

function isForWantOfRight({ status }: Refusal, attempt: Attempt | undefined): boolean {
  return status === 401 || status === 403 || (status === 404 && attempt !== undefined)
}
