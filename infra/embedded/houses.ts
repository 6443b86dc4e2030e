import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type House, urlOf } from './database.ts'
import { clientId } from './identity-provider.ts'
import { isErrorWithCode } from './processes.ts'
import type { Secrets } from './secrets.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export type Ports = Record<'postgres' | 'oidc' | House, number>
export type HouseContext = { dataDir: string; ports: Ports; secrets: Secrets; adminUrl: string }

/** The file that node runs as the house. */
export function getEntry(house: House): string {
  return join(root, 'services', house, 'src', 'main.ts')
}

/** The settings that each house gets, besides PORT and DATABASE_URL. */
const settingsOf: Record<House, (context: HouseContext) => Record<string, string>> = {
  intake: ({ dataDir, secrets }) => ({
    OBJECT_STORE: 'file',
    OBJECT_DIR: join(dataDir, 'objects'),
    INTAKE_TEMP_DIR: join(dataDir, 'temp'),
    DESK_PUBLIC_KEY_FILE: secrets.keys.desk.publicKeyFile,
    BALANCER_PUBLIC_KEY_FILE: secrets.keys.balancer.publicKeyFile,
    IDENTITY_CIPHER_KEY_FILE: secrets.identityCipherKeyFile,
    IDENTITY_INDEX_KEY_FILE: secrets.identityIndexKeyFile,
    INTAKE_READERS: String(Math.max(1, availableParallelism())),
  }),
  balancer: ({ ports, secrets }) => ({
    INTAKE_URL: addressOf(ports.intake),
    BALANCER_PRIVATE_KEY_FILE: secrets.keys.balancer.privateKeyFile,
    DESK_PUBLIC_KEY_FILE: secrets.keys.desk.publicKeyFile,
    BALANCER_PUBLIC_KEY_FILE: secrets.keys.balancer.publicKeyFile,
    IDENTITY_INDEX_KEY_FILE: secrets.identityIndexKeyFile,
  }),
  desk: ({ ports, secrets }) => ({
    INTAKE_URL: addressOf(ports.intake),
    BALANCER_URL: addressOf(ports.balancer),
    DESK_PRIVATE_KEY_FILE: secrets.keys.desk.privateKeyFile,
    OIDC_ISSUER: addressOf(ports.oidc),
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET_FILE: secrets.oidcClientSecretFile,
    DESK_PUBLIC_KEY_FILE: secrets.keys.desk.publicKeyFile,
    DESK_SESSION_KEY_FILE: secrets.sessionSecretFile,
    DESK_PUBLIC_URL: addressOf(ports.desk),
    DESK_WEB_DIR: join(root, 'services', 'desk', 'dist'),
  }),
}

/** A house's whole environment. The services refuse settings they do not know, so ours do not leak in. */
export function getHouseEnv(house: House, context: HouseContext): Record<string, string> {
  return {
    ...getPlainEnv(),
    PORT: String(context.ports[house]),
    DATABASE_URL: getRoleUrl(context, `${house}_app`),
    ACCESS_LOG_KEY_FILE: context.secrets.accessLogKeyFiles[house],
    ACCESS_LOG_HEAD_FILE: join(context.dataDir, 'heads', `${house}.jsonl`),
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

/**
 * Brings a house's schemas up to date as its owner role.
 * @returns false when the house is not there yet.
 */
export async function migrateHouse(house: House, ownerUrl: string): Promise<boolean> {
  const module = await findModule(`@tasain/${house}/commands`)
  if (module === undefined) return false
  const migrate = module['migrate']
  if (typeof migrate !== 'function') throw new Error(`@tasain/${house}/commands exports no function migrate`)
  await migrate({ DATABASE_OWNER_URL: ownerUrl })
  return true
}

/** A module that may not be there: then undefined. */
export async function findModule(name: string): Promise<Record<string, unknown> | undefined> {
  try {
    return await import(name)
  } catch (error) {
    if (isErrorWithCode(error, 'ERR_MODULE_NOT_FOUND')) return undefined
    throw error
  }
}
