import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planSchema } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planCommand } from './plan.ts'

const snapshot = {
  version: 1,
  at: '2026-11-20',
  offices: [
    { id: 'jam', district: 'd1', region: 'r1', lat: 60.17, lon: 24.94 },
    { id: 'near', district: 'd1', region: 'r1', lat: 60.2, lon: 25.08 },
  ],
  pools: ['jam', 'near'].map((office) => ({
    office,
    benefits: ['TO'],
    languages: ['fi'],
    cleared: false,
    minutesPerDay: 400,
  })),
  work: [
    {
      office: 'jam',
      benefit: 'TO',
      language: 'fi',
      slackDays: 2,
      minutes: 8000,
      tasks: 200,
      movable: true,
      protected: false,
    },
  ],
  rules: [],
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tasain-plan-'))
  await writeFile(join(folder, 'snapshot.json'), JSON.stringify(snapshot))
  await writeFile(join(folder, 'wrong.json'), JSON.stringify({ ...snapshot, at: 'today' }))
  await writeFile(join(folder, 'text.json'), 'no JSON')
})
afterAll(() => rm(folder, { recursive: true }))

function run(...args: string[]): { code: number; out: string; errors: string } {
  let out = ''
  let errors = ''
  const named = args.map((arg) => (arg.endsWith('.json') ? join(folder, arg) : arg))
  const code = planCommand(
    named,
    { write: (text: string) => (out += text) },
    { write: (text: string) => (errors += text) },
  )
  return { code, out, errors }
}

describe('tasain plan', () => {
  it('prints a plan that its own contract reads, and takes it back as the previous one', async () => {
    const { code, out } = run('snapshot.json')
    expect(code).toBe(0)
    const planned = planSchema.parse(JSON.parse(out))
    expect(planned.flows[0]).toMatchObject({ from: 'jam', to: 'near', benefit: 'TO', language: 'fi', slackDays: 2 })
    await writeFile(join(folder, 'plan.json'), out)
    const again = run('snapshot.json', '--previous', 'plan.json')
    expect(planSchema.parse(JSON.parse(again.out)).objective).toBe(planned.objective)
  })

  it('explains one class of work in words', () => {
    const { out } = run('snapshot.json', '--explain', 'jam/TO/fi', '--in', 'fi')
    expect(out).toContain('Toimistosta jam siirretään toimistoon near')
  })

  it('answers a wrong file with its field, and a wrong call with how to call it', () => {
    expect(run('wrong.json')).toMatchObject({ code: 1, out: '' })
    expect(run('wrong.json').errors).toContain('snapshot: at:')
    expect(run('text.json').errors).toContain('is not JSON')
    expect(run('missing.json').errors).toContain('cannot be read')
    expect(run('snapshot.json', '--previous', 'snapshot.json').code).toBe(1)
    expect(run('snapshot.json', '--explain', 'jam')).toMatchObject({ code: 2 })
    expect(run().errors).toContain('usage: tasain plan')
  })
})
