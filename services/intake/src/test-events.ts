import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { OutgoingKind, TaskEvent, TaskEventPage, ViewGrant } from '@tasain/contracts'
import { readCaller } from '@tasain/kit'

export type TestEvents = {
  url: string
  /** Something becomes of the task of an application, under an epoch. */
  add: (applicationId: string, kind: OutgoingKind, change?: Partial<TaskEvent>) => void
  /** The handler of the grant claims its task. */
  claim: (grant: Pick<ViewGrant, 'application' | 'subject' | 'epoch'>) => void
  /** Goes out of reach, or comes back. */
  setDown: (isDown: boolean) => void
  /** How often it was asked. */
  asked: () => number
  stop: () => Promise<void>
}

/** The balancer's log of task events, served as the balancer serves it, with what a test puts into it. */
export async function startTestEvents(intakePublicKey: string): Promise<TestEvents> {
  const events: TaskEvent[] = []
  let isDown = false
  let asked = 0
  const server = createServer((request, response) => {
    const answer = async () => {
      asked += 1
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
      const caller = await readCaller({ intake: intakePublicKey }, token)
      if (isDown || !caller?.roles.includes('service')) return response.writeHead(isDown ? 503 : 401).end()
      const after = Number(new URL(request.url ?? '', 'http://balancer').searchParams.get('after'))
      const found = events.slice(after, after + 100)
      const page: TaskEventPage = { cursor: after + found.length, events: found }
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page))
    }
    void answer()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const add: TestEvents['add'] = (applicationId, kind, change) =>
    void events.push({
      position: events.length + 1,
      kind,
      applicationId,
      epoch: 1,
      holder: null,
      outcome: kind === 'decided' ? 'granted' : null,
      restricted: false,
      happenedAt: new Date().toISOString(),
      ...change,
    })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add,
    claim: ({ application, subject, epoch }) => add(application, 'claimed', { holder: subject, epoch }),
    setDown(next) {
      isDown = next
    },
    asked: () => asked,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
