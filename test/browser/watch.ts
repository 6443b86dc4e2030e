import type { BrowserContext } from 'playwright-core'
import type { TestStack } from '../support/stack.ts'

type Watch = {
  faults: string[]
  expectStatus: (status: number, path: RegExp) => void
  expectLost: (path: RegExp) => void
}

/** Notes whatever goes wrong behind the pages of a window: what the console says, and whom the browser asks. */
export async function watch(context: BrowserContext, { address, ports }: TestStack): Promise<Watch> {
  const own = new Set([new URL(address).host, `127.0.0.1:${ports.oidc}`])
  const faults: string[] = []
  const expected: { status: number; path: RegExp }[] = []
  const lost: RegExp[] = []
  await context.addInitScript(
    `addEventListener('securitypolicyviolation', (event) =>
      console.error('policy broken: ' + event.violatedDirective + ' ' + event.blockedURI + ' at ' + location.pathname))`,
  )
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (/^https?:|^wss?:/.test(protocol) && !own.has(host)) faults.push(`asked a foreign host: ${request.url()}`)
  })
  context.on('weberror', (error) => faults.push(`thrown in a page: ${error.error().message}`))
  context.on('console', (message) => {
    if (message.type() !== 'error') return
    const text = message.text()
    const { url } = message.location()
    const path = URL.canParse(url) ? new URL(url).pathname : url
    const status = Number(/status of (\d+)/.exec(text)?.[1])
    // Whether the desk can be reached is asked all the time; that it cannot is an answer.
    if (path === '/health') return
    const isExpected = expected.some((one) => one.status === status && one.path.test(path))
    const isLost = /net::ERR_/.test(text) && lost.some((one) => one.test(path))
    if (!isExpected && !isLost) faults.push(`in the console: ${text} (${path})`)
  })
  return {
    faults,
    expectStatus: (status, path) => expected.push({ status, path }),
    expectLost: (path) => lost.push(path),
  }
}
