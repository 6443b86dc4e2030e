import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'

/** One setting of a service: what it means, how its text becomes a value, and what holds when it is absent. */
export type Setting<T> = { env: string; meaning: string; parse: (text: string) => T; fallback?: T }
type Declaration = Record<string, Setting<unknown>>
type Values<D extends Declaration> = { [K in keyof D]: D[K] extends Setting<infer T> ? T : never }

/** A fault in the settings: the message names every one at fault and says what it must be. */
export class ConfigError extends Error {}

// Names of ours start so: one that is set but not declared is a typing error that would otherwise pass in silence.
const families = /^(TASAIN|OBJECT|S3|OIDC|INTAKE|BALANCER|DESK|IDENTITY|DATABASE|ACCESS_LOG)_/

/**
 * Reads the declared settings from the environment.
 * @throws ConfigError naming each missing, unusable or unknown setting in a sentence.
 */
export function readConfig<D extends Declaration>(declaration: D, env: NodeJS.ProcessEnv): Values<D> {
  const faults: string[] = []
  const values: Record<string, unknown> = {}
  for (const [key, setting] of Object.entries(declaration)) {
    const text = env[setting.env]
    if (text === undefined || text === '') {
      if ('fallback' in setting) values[key] = setting.fallback
      else faults.push(`${setting.env} is missing: ${setting.meaning}.`)
      continue
    }
    try {
      values[key] = setting.parse(text)
    } catch (error) {
      faults.push(`${setting.env} cannot be used: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const known = new Set(Object.values(declaration).map((setting) => setting.env))
  for (const name of Object.keys(env))
    if (families.test(name) && !known.has(name))
      faults.push(`${name} is not a setting of this service: remove it or correct its name.`)
  if (faults.length > 0) throw new ConfigError(`The settings are not in order. ${faults.join(' ')}`)
  return values as Values<D>
}

/** Parsers of settings; each throws a sentence that says what the value must be. */
export const parse = {
  text: (text: string) => text,
  port: (text: string): number => {
    const port = Number(text)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error('it must be a port number from 0 to 65535.')
    return port
  },
  ipAddress: (text: string): string => {
    if (isIP(text) === 0) throw new Error('it must be an IP address of this machine, or 0.0.0.0 or :: for all of them.')
    return text
  },
  count: (text: string): number => {
    const count = Number(text)
    if (!Number.isInteger(count) || count < 1) throw new Error('it must be a whole number of at least 1.')
    return count
  },
  url: (text: string): string => {
    if (!URL.canParse(text)) throw new Error('it must be a whole address such as http://127.0.0.1:8080.')
    return text.replace(/\/$/, '')
  },
  oneOf: <const T extends string>(...allowed: T[]): ((text: string) => T) => {
    return (text) => {
      const found = allowed.find((value) => value === text)
      if (found === undefined) throw new Error(`it must be one of ${allowed.join(', ')}.`)
      return found
    }
  },
  /** The content of a file: how secrets are given, so that they stand in no environment or process list. */
  secretFile: (path: string): string => {
    let content: string
    try {
      content = readFileSync(path, 'utf8').trim()
    } catch {
      throw new Error('the file it names cannot be read.')
    }
    if (content === '') throw new Error('the file it names is empty.')
    return content
  },
  /** The content of a file that holds a key: 32 bytes in base64. */
  keyFile: (path: string): string => {
    const key = parse.secretFile(path)
    if (Buffer.from(key, 'base64').length !== 32) throw new Error('the file it names must hold 32 bytes in base64.')
    return key
  },
}

/** Where a service listens. Other machines reach it only when `HOST` says so. */
export const listening = {
  host: { env: 'HOST', meaning: 'the IP address to listen on', parse: parse.ipAddress, fallback: '127.0.0.1' },
  port: { env: 'PORT', meaning: 'the port to listen on, 0 for a free one', parse: parse.port },
}
