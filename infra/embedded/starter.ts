import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { people } from '../demo/people.ts'
import { startChild } from './child.ts'
import { type House, houses, prepareDatabase } from './database.ts'
import { dropHalfLoaded, loadDemoNation } from './demo.ts'
import {
  addressOf,
  getEntry,
  getHouseEnv,
  getPlainEnv,
  getRoleUrl,
  type HouseContext,
  migrateHouse,
  type Ports,
} from './houses.ts'
import type { LogFiles } from './log-files.ts'
import { findFreePort } from './ports.ts'
import { startPostgres } from './postgres.ts'
import type { Secrets } from './secrets.ts'
import { type Supervised, type Supervision, supervise } from './supervisor.ts'
import { buildWebClient } from './web-client.ts'

export type StarterOptions = {
  dataDir: string
  port: number
  say: (line: string) => void
  signal: AbortSignal
  logs: LogFiles
  secrets: Secrets
}

export type Starter = ReturnType<typeof createStarter>

/** The steps by which the stack comes up; each says what it did and how long it took. */
export function createStarter(options: StarterOptions) {
  const { dataDir, port, secrets, signal, say } = options
  const supervisions: Supervision[] = []
  const ports: Ports = { postgres: 0, oidc: 0, intake: 0, balancer: 0, desk: port }

  async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted()
    const startedAt = performance.now()
    const result = await work()
    if (result !== false) say(`${what} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
    return result
  }

  async function choosePort(): Promise<number> {
    return await findFreePort(Object.values(ports))
  }

  async function keepRunning(name: string, start: (log: (line: string) => void) => ReturnType<Supervised['start']>) {
    const write = options.logs.open(name)
    // A start that ends is told to the person too: it is the only sign of a part that keeps falling.
    const log = (line: string) => {
      write(`${new Date().toISOString()} ${line}`)
      say(line)
    }
    const supervision = await supervise({ name, start: () => start(write), log })
    supervisions.push(supervision)
  }

  async function startDatabase(): Promise<HouseContext> {
    let adminUrl = ''
    await timed('PostgreSQL runs', () =>
      keepRunning('postgres', async (log) => {
        const given = ports.postgres > 0 ? { port: ports.postgres } : {}
        const password = secrets.superuserPassword
        const folder = join(dataDir, 'postgres')
        const running = await startPostgres({ dataDir: folder, password, durable: true, signal, log, ...given })
        ports.postgres = running.port
        adminUrl = running.adminUrl
        return running
      }),
    )
    const context = { dataDir, ports, secrets, adminUrl }
    await timed('Database prepared', async () => {
      await dropHalfLoaded(adminUrl)
      await prepareDatabase(adminUrl, secrets.rolePasswords)
      for (const house of houses) await migrateHouse(house, getRoleUrl(context, `${house}_owner`))
    })
    return context
  }

  async function startIdentityProvider(): Promise<void> {
    const peopleFile = join(dataDir, 'people.json')
    writeFileSync(peopleFile, JSON.stringify(people))
    ports.oidc = await choosePort()
    const env = {
      ...getPlainEnv(),
      PORT: String(ports.oidc),
      PUBLIC_URL: addressOf(port),
      OIDC_CLIENT_SECRET_FILE: secrets.oidcClientSecretFile,
      PEOPLE_FILE: peopleFile,
      KEYS_FILE: join(secrets.folder, 'identity-provider.json'),
    }
    const entry = fileURLToPath(new URL('./identity-provider.process.ts', import.meta.url))
    const readyUrl = `${addressOf(ports.oidc)}/ready`
    await timed('Identity provider runs', () =>
      keepRunning('oidc', (log) => startChild({ name: 'oidc', entry, env, readyUrl, log, signal })),
    )
  }

  async function startHouse(house: House, context: HouseContext): Promise<void> {
    const env = getHouseEnv(house, context)
    const readyUrl = `${addressOf(ports[house])}/ready`
    await timed(`${house} runs`, () =>
      keepRunning(house, (log) => startChild({ name: house, entry: getEntry(house), env, readyUrl, log, signal })),
    )
  }

  return {
    startDatabase,
    startIdentityProvider,
    buildClient: () => timed('Web client built', () => buildWebClient(signal)),
    loadDemo: (context: HouseContext, empty: boolean) =>
      timed('Demo nation loaded', () => loadDemoNation(context, empty)),
    /** Chosen before any house starts: each needs to know where the others are. */
    async choosePorts(): Promise<void> {
      ports.intake = await choosePort()
      ports.balancer = await choosePort()
    },
    startHouse,
    findPid: (name: string) => supervisions.find((supervision) => supervision.name === name)?.findPid(),
    /** Whoever asks others is stopped before them. */
    async stopAll(): Promise<void> {
      for (const name of ['desk', 'balancer', 'intake', 'oidc', 'postgres'])
        await supervisions.find((supervision) => supervision.name === name)?.stop()
    },
  }
}
