import { randomUUID } from 'node:crypto'
import type { ApplicationDetail, Batch, Stored } from '@tasain/contracts'
import { drawForm } from '../samples/form.ts'
import { query, speakAs, startTestStack, waitUntil } from '../support/stack.ts'
import { type Benchmark, quantile, round } from './figures.ts'

const papers = 20

/** From sending a single-page application to its decision task at the balancer, one after another on an idle machine. */
export const run: Benchmark = async ({ say }) => {
  const stack = await startTestStack()
  try {
    const clerk = speakAs(stack, 'intake', 'clerk-lahti')
    const batch = (await clerk.post<Batch>('/batches', {})).body.id
    const times: number[] = []
    let byClerk = 0
    for (let i = 0; i < papers; i += 1) {
      const form = await drawForm({ layout: 'housing-fi', seed: 1000 + i, damage: 'clean' })
      const started = performance.now()
      const stored = await clerk.upload<Stored>(`/batches/${batch}/scans`, form.bytes, `${i}.jpg`, randomUUID())
      const id = stored.body.scan.applicationId
      const arrived = await waitUntil('the task', async () => {
        const found = await query(stack, 'balancer', 'select id from balancer.task where application_id = $1', [id])
        if (found.length === 1) return 'task' as const
        const { body } = await clerk.get<ApplicationDetail>(`/applications/${id}`)
        return body.application.state === 'incomplete' && ('clerk' as const)
      })
      if (arrived === 'task') times.push(performance.now() - started)
      else byClerk += 1
    }
    const figures = {
      papers,
      uploadToTaskP50: round(quantile(times, 0.5)),
      uploadToTaskP95: round(quantile(times, 0.95)),
      toClerk: byClerk,
    }
    say(`${papers} single-page applications, one after another`)
    say(`upload to task, p50  ${figures.uploadToTaskP50} ms`)
    say(`upload to task, p95  ${figures.uploadToTaskP95} ms`)
    say(`left to a clerk      ${byClerk}`)
    return figures
  } finally {
    await stack.remove()
  }
}
