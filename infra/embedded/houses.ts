import type { House } from './database.ts'
import { isErrorWithCode } from './processes.ts'

// Where each house offers `migrate(env)`; it needs DATABASE_OWNER_URL alone.
const migrating: Record<House, string> = {
  intake: '@tasain/intake/commands',
  balancer: '@tasain/balancer/commands',
  desk: '@tasain/desk/migrations',
}

/**
 * Brings a house's schemas up to date as its owner role.
 * @returns false when the house is not there yet.
 */
export async function migrateHouse(house: House, ownerUrl: string): Promise<boolean> {
  const module = await findModule(migrating[house])
  if (module === undefined) return false
  const migrate = module['migrate']
  if (typeof migrate !== 'function') throw new Error(`${migrating[house]} exports no function migrate`)
  await migrate({ DATABASE_OWNER_URL: ownerUrl })
  return true
}

async function findModule(name: string): Promise<Record<string, unknown> | undefined> {
  try {
    return await import(name)
  } catch (error) {
    if (isErrorWithCode(error, 'ERR_MODULE_NOT_FOUND')) return undefined
    throw error
  }
}
