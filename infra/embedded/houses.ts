import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { helsinkiDate } from '@tasain/vocabulary'
import { drawAbsences, drawOpenTasks, readNation } from '../demo/index.ts'
import { type House, urlOf } from './database.ts'
import { clientId } from './people.ts'
import type { Secrets } from './secrets.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export type Ports = Record<'postgres' | 'oidc' | House, number>
export type HouseContext = { dataDir: string; ports: Ports; secrets: Secrets; adminUrl: string }

/** The file that node runs as the house. */
export function getEntry(house: House): string {
  return join(root, 'services', house, 'src', 'main.ts')
}

/** The settings that only this house has. */
const settingsOf: Record<House, (context: HouseContext) => Record<string, string>> = {
  intake: ({ dataDir, ports, secrets }) => ({
    OBJECT_STORE: 'file',
    OBJECT_DIR: join(dataDir, 'objects'),
    INTAKE_TEMP_DIR: join(dataDir, 'temp'),
    INTAKE_READERS: String(Math.max(1, availableParallelism())),
    BALANCER_URL: addressOf(ports.balancer),
    INTAKE_PRIVATE_KEY_FILE: secrets.keys.intake.privateKeyFile,
    BALANCER_PUBLIC_KEY_FILE: secrets.keys.balancer.publicKeyFile,
    IDENTITY_CIPHER_KEY_FILE: secrets.identityCipherKeyFile,
    IDENTITY_INDEX_KEY_FILE: secrets.identityIndexKeyFile,
  }),
  balancer: ({ ports, secrets }) => ({
    INTAKE_URL: addressOf(ports.intake),
    INTAKE_PUBLIC_KEY_FILE: secrets.keys.intake.publicKeyFile,
    BALANCER_PRIVATE_KEY_FILE: secrets.keys.balancer.privateKeyFile,
    BALANCER_PUBLIC_KEY_FILE: secrets.keys.balancer.publicKeyFile,
    IDENTITY_INDEX_KEY_FILE: secrets.identityIndexKeyFile,
  }),
  desk: ({ ports, secrets }) => ({
    INTAKE_URL: addressOf(ports.intake),
    BALANCER_URL: addressOf(ports.balancer),
    DESK_PRIVATE_KEY_FILE: secrets.keys.desk.privateKeyFile,
    DESK_SESSION_KEY_FILE: secrets.sessionKeyFile,
    DESK_DRAFT_KEY_FILE: secrets.draftKeyFile,
    DESK_PUBLIC_URL: addressOf(ports.desk),
    DESK_WEB_DIR: join(root, 'services', 'desk', 'dist'),
    OIDC_ISSUER: addressOf(ports.oidc),
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET_FILE: secrets.oidcClientSecretFile,
  }),
}

/** A house's whole environment. The services refuse settings they do not know, so ours do not leak in. */
export function getHouseEnv(house: House, context: HouseContext): Record<string, string> {
  const { dataDir, ports, secrets } = context
  return {
    ...getPlainEnv(),
    PORT: String(ports[house]),
    DATABASE_URL: getRoleUrl(context, `${house}_app`),
    ACCESS_LOG_KEY_FILE: secrets.accessLogKeyFiles[house],
    ACCESS_LOG_HEAD_FILE: join(dataDir, 'access-log-heads', house),
    DESK_PUBLIC_KEY_FILE: secrets.keys.desk.publicKeyFile,
    ...settingsOf[house](context),
  }
}

/** What every program may see of our environment. */
export function getPlainEnv(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'NODE_ENV']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** The database as one of the six roles. */
export function getRoleUrl({ adminUrl, secrets }: HouseContext, role: keyof Secrets['rolePasswords']): string {
  return urlOf(adminUrl, { database: 'tasain', user: role, password: secrets.rolePasswords[role] })
}

/** The address of a port on this machine. */
export function addressOf(port: number): string {
  return `http://127.0.0.1:${port}`
}

/** What the houses can be told to do besides running; loaded when first needed. */
const commandsOf = {
  intake: () => import('@tasain/intake/commands'),
  balancer: () => import('@tasain/balancer/commands'),
  desk: () => import('@tasain/desk/commands'),
}

/** Brings a house's schemas up to date as its owner role. */
export async function migrateHouse(house: House, ownerUrl: string): Promise<void> {
  const { migrate } = await commandsOf[house]()
  await migrate({ DATABASE_OWNER_URL: ownerUrl })
}

/** Gives the houses a nation's places, handlers and absences, and its open tasks if they are wanted. */
export async function loadNation(context: HouseContext, nationFile: string, withTasks: boolean): Promise<void> {
  const today = helsinkiDate(new Date())
  const nation = readNation(nationFile)
  const intake = await commandsOf.intake()
  await intake.loadNation({ DATABASE_URL: getRoleUrl(context, 'intake_app') }, { nationFile })
  const balancer = await commandsOf.balancer()
  const env = { DATABASE_OWNER_URL: getRoleUrl(context, 'balancer_owner') }
  await balancer.loadNation(env, nation)
  await balancer.loadAbsences(env, drawAbsences(nation, { today }))
  if (withTasks) await balancer.loadOpenTasks(env, drawOpenTasks(nation, { today }))
}
