import { listening, parse, readConfig } from '@tasain/kit'

const settings = {
  ...listening,
  databaseUrl: { env: 'DATABASE_URL', meaning: "the database's address for the working role", parse: parse.url },
  accessLogKey: { env: 'ACCESS_LOG_KEY_FILE', meaning: 'a file with 32 bytes in base64', parse: parse.keyFile },
  accessLogHeadFile: {
    env: 'ACCESS_LOG_HEAD_FILE',
    meaning: 'where the newest head of the access log is kept, outside the database',
    parse: parse.text,
  },
  intakeUrl: { env: 'INTAKE_URL', meaning: 'the address of the intake', parse: parse.url },
  balancerUrl: { env: 'BALANCER_URL', meaning: 'the address of the balancer', parse: parse.url },
  privateKey: { env: 'DESK_PRIVATE_KEY_FILE', meaning: 'a file with an Ed25519 key in PEM', parse: parse.secretFile },
  publicKey: { env: 'DESK_PUBLIC_KEY_FILE', meaning: 'a file with its public half in PEM', parse: parse.secretFile },
  sessionKey: { env: 'DESK_SESSION_KEY_FILE', meaning: 'a file with 32 bytes in base64', parse: parse.keyFile },
  draftKey: { env: 'DESK_DRAFT_KEY_FILE', meaning: 'a file with 32 bytes in base64', parse: parse.keyFile },
  issuer: {
    env: 'OIDC_ISSUER',
    meaning: 'the address of the OpenID Connect provider',
    parse: (text: string) => requireSafe(new URL(parse.url(text))),
  },
  clientId: { env: 'OIDC_CLIENT_ID', meaning: 'our name at the provider', parse: parse.text },
  clientSecret: {
    env: 'OIDC_CLIENT_SECRET_FILE',
    meaning: 'a file with our secret at the provider',
    parse: parse.secretFile,
  },
  publicUrl: {
    env: 'DESK_PUBLIC_URL',
    meaning: 'the address at which browsers find the desk, such as https://tasain.example',
    parse: (text: string) => requireSafe(requireOrigin(new URL(parse.url(text)))),
  },
  webDir: { env: 'DESK_WEB_DIR', meaning: 'the folder of the built web client', parse: parse.text },
}

export type Config = ReturnType<typeof readDeskConfig>

/** @throws ConfigError that names each setting at fault. */
export function readDeskConfig(env: NodeJS.ProcessEnv) {
  return readConfig(settings, env)
}

/** Whether a host is this machine itself: only there may sign-in go without encryption. */
export function isLoopback(url: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
}

function requireSafe(url: URL): URL {
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return url
  throw new Error('it must begin with https; http is for 127.0.0.1 alone.')
}

function requireOrigin(url: URL): URL {
  if (url.href === `${url.origin}/`) return url
  throw new Error('it must be an origin, without a path.')
}
