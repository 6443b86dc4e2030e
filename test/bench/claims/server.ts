import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { migrate } from '@tasain/balancer/commands'
import { prepareDatabase, urlOf } from '../../../infra/embedded/database.ts'
import { findFreePort } from '../../../infra/embedded/ports.ts'
import { startPostgres } from '../../../infra/embedded/postgres.ts'
import { prepareSecrets } from '../../../infra/embedded/secrets.ts'

const main = fileURLToPath(new URL('../../../services/balancer/src/main.ts', import.meta.url))

/** PostgreSQL as the product runs it, flushing to disk, with a balancer that can be started beside it. */
export async function openBench() {
  const folder = mkdtempSync(join(tmpdir(), 'tasain-claims-'))
  const secrets = prepareSecrets(folder)
  const { superuserPassword: password, rolePasswords } = secrets
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), password, durable: true, log: () => {} })
  await prepareDatabase(postgres.adminUrl, rolePasswords)
  const urlAs = (user: 'balancer_owner' | 'balancer_app') =>
    urlOf(postgres.adminUrl, { database: 'tasain', user, password: rolePasswords[user] })
  await migrate({ DATABASE_OWNER_URL: urlAs('balancer_owner') })
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: urlAs('balancer_app'),
    ACCESS_LOG_KEY_FILE: secrets.accessLogKeyFiles.balancer,
    ACCESS_LOG_HEAD_FILE: join(folder, 'heads'),
    INTAKE_URL: 'http://127.0.0.1:9',
    BALANCER_PRIVATE_KEY_FILE: secrets.keys.balancer.privateKeyFile,
    BALANCER_PUBLIC_KEY_FILE: secrets.keys.balancer.publicKeyFile,
    IDENTITY_INDEX_KEY_FILE: secrets.identityIndexKeyFile,
    DESK_PUBLIC_KEY_FILE: secrets.keys.desk.publicKeyFile,
    INTAKE_PUBLIC_KEY_FILE: secrets.keys.intake.publicKeyFile,
    BALANCER_PLANNING: 'off',
  }
  return {
    ownerUrl: urlAs('balancer_owner'),
    adminUrl: postgres.adminUrl,
    appUrl: urlAs('balancer_app'),
    deskPrivateKeyFile: secrets.keys.desk.privateKeyFile,
    startBalancer: () => startBalancer(env),
    remove: async () => {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startBalancer(env: Record<string, string>): Promise<{ address: string; stop: () => Promise<void> }> {
  const port = await findFreePort()
  const address = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [main], { env: { ...env, PORT: String(port) }, stdio: 'ignore' })
  const deadline = performance.now() + 30_000
  while (!(await isReady(`${address}/ready`))) {
    if (performance.now() > deadline || child.exitCode !== null) throw new Error('the balancer did not start')
    await sleep(100)
  }
  return {
    address,
    async stop() {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  return await fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}
