import { type Verification, verification } from '@tasain/contracts'
import { CommandRefused } from './input.ts'
import { askPatiently, getRunning, type House, houses } from './running.ts'

const patienceMs = 10_000
// A whole archive is read back and hashed.
const longestMs = 3_600_000

type Output = { write: (text: string) => unknown }

/**
 * Has each house verify what it keeps and prints every check with its count and each fault with its place.
 * Returns the exit code: 0, or 1 when anything is off.
 */
export async function verifyCommand(out: Output, dataDir: string): Promise<number> {
  getRunning(dataDir)
  let faults = 0
  for (const house of houses) {
    const { checks } = await verifyHouse(dataDir, house)
    for (const check of checks) {
      out.write(`${check.faults.length === 0 ? 'ok ' : 'OFF'}  ${house}: ${check.name} (${check.counted} looked at)\n`)
      for (const fault of check.faults) out.write(`       ${fault}\n`)
      faults += check.faults.length
    }
  }
  out.write(faults === 0 ? 'Nothing is off.\n' : `${faults} ${faults === 1 ? 'fault' : 'faults'} found.\n`)
  return faults === 0 ? 0 : 1
}

async function verifyHouse(dataDir: string, house: House): Promise<Verification> {
  const silent = (fault: string) => ({ ok: false, checks: [{ name: 'verification', counted: 0, faults: [fault] }] })
  try {
    const answer = await askPatiently(dataDir, { house, path: '/verify', withinMs: longestMs }, patienceMs)
    if (!answer.ok) return silent(answer.sentence)
    const result = verification.parse(answer.body)
    const hasNamedFault = result.checks.some((check) => check.faults.length > 0)
    return result.ok || hasNamedFault ? result : silent(`The ${house} says that something is off, but not what.`)
  } catch (error) {
    if (error instanceof CommandRefused) return silent(error.message)
    throw error
  }
}
