import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { people } from '../demo/people.ts'
import { houses } from './database.ts'
import { addressOf, type Ports } from './houses.ts'
import { lockFolder } from './lock.ts'
import { openLogFiles } from './log-files.ts'
import { isPortFree } from './ports.ts'
import { refuseStart } from './refusal.ts'
import { prepareSecrets } from './secrets.ts'
import { createStarter, type Starter } from './starter.ts'

export type StackOptions = {
  dataDir: string
  /** The desk's. */
  port: number
  /** Without the demo's tasks and scans. */
  empty: boolean
  /** False leaves the web client as it is: for those who speak to the houses alone. */
  client?: boolean
  /** Told what a person who waits wants to know. */
  say: (line: string) => void
  /** Ends a start that is under way. */
  signal?: AbortSignal
}

export type Stack = {
  address: string
  ports: Ports
  secretsDir: string
  /** The process of a part at present: postgres, oidc, intake, balancer or desk. */
  findPid: (name: string) => number | undefined
  /** Settles when the demo scans of a fresh data folder have been read. */
  scansRead: Promise<void>
  /** Stops everything in the reverse order of starting; the data stays. */
  stop: () => Promise<void>
}

/**
 * Starts the whole product on this machine and keeps it running.
 * @throws StartRefused with a sentence when the folder or the port is taken; Error when a part does not start.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const ending = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, ending.signal]) : ending.signal
  const closers: (() => Promise<void>)[] = []
  const stop = async () => {
    ending.abort()
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    return await startParts({ ...options, signal }, closers, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(
  options: StackOptions & { signal: AbortSignal },
  closers: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Stack> {
  const { dataDir, port, say } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (statSync(dataDir).uid !== process.getuid?.())
    refuseStart(`${dataDir} belongs to another user. Start as that user, or choose another folder with TASAIN_DATA.`)
  const lock = await lockFolder(dataDir)
  closers.push(lock.release)
  if (!(await isPortFree(port)))
    refuseStart(`Port ${port} is taken by another program. Stop it, or choose another port with TASAIN_PORT.`)
  const logs = openLogFiles(join(dataDir, 'logs'))
  const secrets = prepareSecrets(dataDir)
  const starter = createStarter({ ...options, logs, secrets })
  closers.push(() => starter.stopAll())
  const { context, fresh } = await startInOrder(starter, options)
  const address = addressOf(port)
  writeRunFile(dataDir, { pid: process.pid, address, ports: context.ports, secretsDir: secrets.folder }, closers)
  say(`ready ${address}`)
  const scansRead =
    fresh && !options.empty
      ? readScans(options, context.ports.intake, secrets.keys.desk.privateKeyFile)
      : Promise.resolve()
  closers.push(() => scansRead)
  return { address, ports: context.ports, secretsDir: secrets.folder, findPid: starter.findPid, scansRead, stop }
}

/** The database is brought up while the web client is built and the identity provider starts; then the houses. */
async function startInOrder(starter: Starter, { empty, client = true }: StackOptions) {
  const [context] = await allOrFirstFault([
    starter.startDatabase(),
    starter.startIdentityProvider(),
    client ? starter.buildClient() : undefined,
  ])
  const fresh = await starter.loadDemo(context, empty)
  await starter.choosePorts()
  await allOrFirstFault(houses.map((house) => starter.startHouse(house, context)))
  return { context, fresh }
}

/** Like Promise.all, but waits for all before it throws: what has started is known by then and can be stopped. */
async function allOrFirstFault<T extends readonly unknown[]>(work: readonly [...T]) {
  await Promise.allSettled(work)
  return await Promise.all(work)
}

function writeRunFile(dataDir: string, content: object, closers: (() => Promise<void>)[]): void {
  const file = join(dataDir, 'run.json')
  writeFileSync(file, `${JSON.stringify(content)}\n`, { mode: 0o600 })
  closers.push(async () => rmSync(file, { force: true }))
}

async function readScans(
  options: StackOptions & { signal: AbortSignal },
  intakePort: number,
  deskPrivateKeyFile: string,
) {
  const { say, signal } = options
  const onRead = (read: number, all: number) => say(`demo scans read: ${read} of ${all}`)
  const clerks = people.map((person) => ({ officeId: null, districtId: null, ...person, roles: [...person.roles] }))
  try {
    const { readDemoScans } = await import('./demo-scans.ts')
    await readDemoScans({ intakeUrl: addressOf(intakePort), deskPrivateKeyFile, people: clerks, onRead, signal })
  } catch (error) {
    if (!signal.aborted)
      say(`The demo scans could not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
