import { deskActions } from '@tasain/contracts'
import { mountWorkHealth, openDoor } from '@tasain/kit'
import type { Express } from 'express'
import { sql } from 'kysely'
import { mountDrafts } from './drafts/draft.api.ts'
import { mountClient, mountSecurityHeaders } from './gateway/client.api.ts'
import { mountGateway } from './gateway/gateway.api.ts'
import type { House } from './house.ts'
import { createProvider } from './sign-in/provider.api.ts'
import { mountRecord } from './sign-in/record.api.ts'
import { createVisitorGuard, mountSession, requireVisitor } from './sign-in/session.api.ts'
import { deriveKeys } from './sign-in/session.ts'
import { mountSignIn } from './sign-in/sign-in.api.ts'

/** The floor plan of the desk: in by the provider, what people are in the middle of, on to the houses, and the pages one sees. */
export function createApp(house: House): Express {
  const { config, db, log, accessLog } = house
  const checkReady = async () => void (await sql`select 1`.execute(db))
  const trusted = { desk: config.publicKey }
  const door = openDoor({ db, log, actions: deskActions, trusted, accessLog, checkReady })
  const keys = deriveKeys(config.sessionKey)
  const provider = createProvider(config)
  const findVisitor = createVisitorGuard(house, keys)

  mountSecurityHeaders(door.app, house)
  mountRecord(door, house)
  mountWorkHealth(door, 'work.view', log)
  mountSignIn(door.app, house, keys, provider)
  mountSession(door.app, house, keys, findVisitor, provider)
  mountDrafts(door.app, house, requireVisitor(findVisitor))
  mountGateway(door.app, house, requireVisitor(findVisitor))
  mountClient(door.app, house)
  return door.close()
}
