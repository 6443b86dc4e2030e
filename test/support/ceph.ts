import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'minio'
import { findFreePort } from '../../infra/embedded/ports.ts'

const run = promisify(execFile)
const programs = ['ceph-mon', 'ceph-osd', 'radosgw', 'radosgw-admin', 'ceph', 'ceph-authtool', 'monmaptool']

export type S3Service = { endpoint: string; region: string; bucket: string; accessKey: string; secretKey: string }

/** Whether Ceph's programs are installed (Debian: `apt-get install radosgw ceph-mon ceph-osd ceph-common`). */
export function hasCeph(): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return programs.every((program) => folders.some((folder) => existsSync(join(folder, program))))
}

/** Starts a real one-node S3 service on loopback that keeps its objects in memory, with a bucket under object lock. */
export async function startCeph(): Promise<S3Service & { stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tasain-ceph-'))
  const [monitorPort, gatewayPort] = [await findFreePort(), await findFreePort()]
  const children: ChildProcess[] = []
  const stop = async () => {
    for (const child of children.reverse()) await end(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    for (const name of ['mon', 'osd', 'rgw', 'run', 'log']) await mkdir(join(folder, name))
    const cluster = randomUUID()
    const config = join(folder, 'ceph.conf')
    await writeFile(config, describeCluster(folder, cluster, monitorPort, gatewayPort))
    const start = (program: string, ...args: string[]) => {
      children.push(spawn(program, ['-c', config, '-f', ...args], { stdio: 'ignore' }))
    }
    await startMonitor(folder, config, cluster, monitorPort, start)
    await startStorage(folder, config, start)
    const user = { accessKey: randomBytes(10).toString('hex'), secretKey: randomBytes(20).toString('hex') }
    const keys = ['--access-key', user.accessKey, '--secret-key', user.secretKey]
    await run('radosgw-admin', ['-c', config, 'user', 'create', '--uid', 'tasain', '--display-name', 'tasain', ...keys])
    start('radosgw', '-n', 'client.rgw.a')
    const service = { endpoint: `http://127.0.0.1:${gatewayPort}`, region: 'default', bucket: 'tasain', ...user }
    await makeBucket(service)
    return { ...service, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function describeCluster(folder: string, cluster: string, monitorPort: number, gatewayPort: number): string {
  return `[global]
fsid = ${cluster}
mon host = v1:127.0.0.1:${monitorPort}
mon initial members = a
public network = 127.0.0.0/8
cluster network = 127.0.0.0/8
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
ms bind msgr2 = false
ms bind ipv6 = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
run dir = ${folder}/run
admin socket = ${folder}/run/$name.asok
log file = ${folder}/log/$name.log
setuser match path =
keyring = ${folder}/keyring
[mon.a]
mon data = ${folder}/mon
[osd.0]
keyring = ${folder}/osd/keyring
osd data = ${folder}/osd
osd objectstore = memstore
memstore device bytes = 2147483648
osd max object name len = 256
osd max object namespace len = 64
[client.rgw.a]
keyring = ${folder}/keyring
rgw data = ${folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:${gatewayPort}
`
}

type Start = (program: string, ...args: string[]) => void

async function startMonitor(
  folder: string,
  config: string,
  cluster: string,
  port: number,
  start: Start,
): Promise<void> {
  const keyring = join(folder, 'keyring')
  const addKey = (create: boolean, name: string, ...caps: string[]) =>
    run('ceph-authtool', [...(create ? ['--create-keyring'] : []), keyring, '--gen-key', '-n', name, ...caps])
  await addKey(true, 'mon.', '--cap', 'mon', 'allow *')
  await addKey(false, 'client.admin', '--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *', '--cap', 'mgr', 'allow *')
  await addKey(false, 'client.rgw.a', '--cap', 'mon', 'allow rw', '--cap', 'osd', 'allow rwx')
  const map = join(folder, 'monmap')
  await run('monmaptool', ['--create', '--fsid', cluster, '--addv', 'a', `[v1:127.0.0.1:${port}]`, map])
  await run('ceph-mon', ['-c', config, '--mkfs', '-i', 'a', '--monmap', map, '--keyring', keyring])
  start('ceph-mon', '-i', 'a')
}

async function startStorage(folder: string, config: string, start: Start): Promise<void> {
  const id = randomUUID()
  await run('ceph', ['-c', config, '--connect-timeout', '60', 'osd', 'new', id])
  const keyring = join(folder, 'osd', 'keyring')
  await run('ceph-authtool', ['--create-keyring', keyring, '--gen-key', '-n', 'osd.0'])
  const caps = ['osd', 'allow *', 'mon', 'allow profile osd', 'mgr', 'allow profile osd']
  await run('ceph', ['-c', config, 'auth', 'add', 'osd.0', ...caps, '-i', keyring])
  await run('ceph-osd', ['-c', config, '-i', '0', '--mkfs', '--osd-uuid', id, '--no-mon-config'])
  start('ceph-osd', '-i', '0')
}

async function makeBucket(service: S3Service): Promise<void> {
  const { hostname, port } = new URL(service.endpoint)
  const client = new Client({ endPoint: hostname, port: Number(port), useSSL: false, ...service })
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      await client.makeBucket(service.bucket, service.region, { ObjectLocking: true })
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
}
