import { readFileSync } from 'node:fs'
import { type ParseArgsConfig, parseArgs } from 'node:util'

/** Where a command writes: standard output and standard error of the process, or a test's own. */
export type Output = { write: (text: string) => unknown }

/** A command that cannot go on for a reason its caller can mend: printed as its sentence. */
export class CommandRefused extends Error {}

/** A command called wrongly: what is wrong with the call, in a sentence. */
export class WrongCall extends Error {}

/** A file that is not what it should be, in a sentence. */
export class FileError extends Error {}

/** What a JSON file holds. @throws FileError when it cannot be read or is none. */
export function readJson(file: string): unknown {
  const text = readText(file)
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    throw new FileError(`${file}: is not JSON`)
  }
}

/** Read at one go: the pieces that reading by promise goes through would lie uncollected beside a nation's snapshot while that is parsed. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new FileError(`${file}: cannot be read (${error instanceof Error ? error.message : String(error)})`)
  }
}

/** Options and files of a call. @throws WrongCall naming an option that is unknown or has no value. */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new WrongCall(error instanceof Error ? error.message : String(error))
  }
}
