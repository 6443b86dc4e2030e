import type { House } from './database.ts'
import { isErrorWithCode } from './processes.ts'

/**
 * Brings a house's schemas up to date as its owner role.
 * @returns false when the house has no migrations.
 */
export async function migrateHouse(house: House, ownerUrl: string): Promise<boolean> {
  const module = await findModule(`@tasain/${house}/migrations`)
  if (module === undefined) return false
  const migrate = module['migrate']
  if (typeof migrate !== 'function') throw new Error(`@tasain/${house}/migrations exports no function migrate`)
  await migrate(ownerUrl)
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
