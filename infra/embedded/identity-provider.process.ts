// Entry of the development identity provider, a child of the one-machine stack.
import { readFileSync } from 'node:fs'
import { createIdentityProvider } from './identity-provider.ts'
import { readPeople } from './people.ts'
import { StartRefused } from './refusal.ts'

try {
  const port = Number(getSetting('PORT'))
  const server = createIdentityProvider({
    issuer: `http://127.0.0.1:${port}`,
    deskUrl: getSetting('PUBLIC_URL'),
    clientSecret: readFileSync(getSetting('OIDC_CLIENT_SECRET_FILE'), 'utf8'),
    people: readPeople(getSetting('PEOPLE_FILE')),
    keysFile: getSetting('KEYS_FILE'),
    mode: process.env['NODE_ENV'],
  })
  server.listen(port, '127.0.0.1')
  const stop = () => {
    server.close(() => process.exit(0))
    server.closeAllConnections()
  }
  process.once('SIGTERM', stop)
  process.once('disconnect', stop)
} catch (error) {
  console.error(error instanceof StartRefused ? error.message : error)
  process.exit(1)
}

function getSetting(name: string): string {
  const value = process.env[name]
  if (!value) throw new StartRefused(`${name} is missing.`)
  return value
}
