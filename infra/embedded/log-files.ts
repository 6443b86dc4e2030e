import { createWriteStream, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type LogFiles = { open: (name: string) => (line: string) => void }

const rotateAboveBytes = 20 * 1024 ** 2

/** The folder of logs, one file for each process; a file grown large becomes `.1` at the next start. */
export function openLogFiles(folder: string): LogFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    open(name) {
      const file = join(folder, `${name}.log`)
      if (existsSync(file) && statSync(file).size > rotateAboveBytes) renameSync(file, `${file}.1`)
      const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
      // A full disk must not end the supervisor: it is what keeps the services up.
      stream.on('error', () => {})
      return (line) => void stream.write(`${line}\n`)
    },
  }
}
