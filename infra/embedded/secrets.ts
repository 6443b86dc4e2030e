import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type House, houses, type RoleName, type RolePasswords, roleNames } from './database.ts'

/** What the stack keeps secret: passwords as text for its own use, everything else as files whose paths the services get. */
export type Secrets = {
  folder: string
  superuserPassword: string
  rolePasswords: RolePasswords
  /** Ed25519, PKCS8 and SPKI in PEM. */
  keys: Record<House, { privateKeyFile: string; publicKeyFile: string }>
  /** 32 bytes in base64: encrypts identity codes at intake. */
  identityCipherKeyFile: string
  /** 32 bytes in base64: finds identity codes without showing them; intake and balancer share it. */
  identityIndexKeyFile: string
  /** 32 bytes in base64: seals a house's access log. */
  accessLogKeyFiles: Record<House, string>
  /** 32 bytes in base64. */
  sessionKeyFile: string
  /** 32 bytes in base64: encrypts what people are in the middle of writing. */
  draftKeyFile: string
  oidcClientSecretFile: string
}

/** Reads the secrets of a data folder, making those that are not there yet. Nobody but the owner may read them. */
export function prepareSecrets(dataDir: string): Secrets {
  const folder = join(dataDir, 'secrets')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const passwordOf = (role: string) => readFileSync(keep(folder, `postgres-${role}`, makePassword), 'utf8')
  return {
    folder,
    superuserPassword: passwordOf('superuser'),
    rolePasswords: mapTo<RoleName, string>(roleNames, passwordOf),
    keys: mapTo<House, Secrets['keys'][House]>(houses, (house) => keepKeyPair(folder, house)),
    identityCipherKeyFile: keep(folder, 'identity-cipher', makeKey),
    identityIndexKeyFile: keep(folder, 'identity-index', makeKey),
    accessLogKeyFiles: mapTo<House, string>(houses, (house) => keep(folder, `${house}-access-log`, makeKey)),
    sessionKeyFile: keep(folder, 'desk-session', makeKey),
    draftKeyFile: keep(folder, 'desk-draft', makeKey),
    oidcClientSecretFile: keep(folder, 'desk-oidc-client', makePassword),
  }
}

function mapTo<K extends string, V>(keys: readonly K[], make: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, V>
}

function makePassword(): string {
  return randomBytes(24).toString('base64url')
}

function makeKey(): string {
  return randomBytes(32).toString('base64')
}

function keepKeyPair(folder: string, house: House): { privateKeyFile: string; publicKeyFile: string } {
  const [privateKeyFile, publicKeyFile] = [join(folder, `${house}-private.pem`), join(folder, `${house}-public.pem`)]
  if (!existsSync(privateKeyFile) || !existsSync(publicKeyFile)) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    // The private key last: while it is missing, an interrupted start makes the pair anew.
    write(publicKeyFile, publicKey)
    write(privateKeyFile, privateKey)
  }
  return { privateKeyFile, publicKeyFile }
}

function keep(folder: string, name: string, make: () => string): string {
  const file = join(folder, name)
  if (!existsSync(file)) write(file, make())
  return file
}

function write(file: string, content: string): void {
  // Written whole or not at all, so that a start that was killed leaves no half secret to be read back.
  writeFileSync(`${file}.new`, content, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
}
