import type { DeskAction, Verification } from '@tasain/contracts'
import { checkAccessLog, type Door } from '@tasain/kit'
import type { House } from '../house.ts'
import type { Schema } from '../schema.ts'
import { countSessionsWithoutEntry } from './session.store.ts'

/** Mounts the verification of what the desk keeps. */
export function mountRecord(door: Door<Schema, DeskAction>, { config, db }: House): void {
  door.list('/verify', 'record.verify', {}, async (_asked, read): Promise<Verification> => {
    const { sessions, unlogged } = await countSessionsWithoutEntry(read)
    const checks = [
      await checkAccessLog(db, config.accessLogHeadFile, config.accessLogKey),
      {
        name: 'sessions',
        counted: sessions,
        faults: unlogged.map((id) => `The session ${id} has no sign-in in the access log.`),
      },
    ]
    return { ok: checks.every((check) => check.faults.length === 0), checks }
  })
}
