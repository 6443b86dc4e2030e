import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readCommand } from '../../packages/tasain/src/read.ts'
import { profiles } from './damage.ts'
import { drawForm } from './form.ts'
import { listTicks } from './geometry.ts'
import { getLayout } from './layouts.ts'

type Line = {
  form: { code: string } | null
  pages: { rotation: number }[]
  fields: Record<string, { value: string; status: string }>
  error?: { code: string }
}

const folder = mkdtempSync(join(tmpdir(), 'reading-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function readForm(layout: string, profile: keyof typeof profiles, seed: number) {
  const drawn = await drawForm({ layout, seed, damage: profiles[profile] })
  const file = join(folder, `${layout}-${profile}`)
  writeFileSync(file, drawn.bytes)
  const lines: Line[] = []
  await readCommand([file], (line) => lines.push(JSON.parse(line)))
  const [line] = lines
  if (line === undefined) throw new Error('nothing was printed')
  return { truth: drawn.truth, line }
}

test.each([
  ['support-fi', 'office', 0],
  ['sickness-fi', 'upsideDown', 180],
  ['housing-sv', 'fax', 0],
  ['child-sv', 'sideways', 270],
] as const)(
  '%s, %s: known, stood upright and read without a wrong value marked sure',
  { timeout: 60_000 },
  async (layout, profile, rotation) => {
    const { truth, line } = await readForm(layout, profile, 31)
    expect(line.form?.code).toBe(truth.formCode)
    expect(line.pages[0]?.rotation).toBe(rotation)
    const flat = (text: string | undefined) => text?.replace(/\s/g, '')
    const ticks = listTicks(getLayout(layout), truth.ticked)
    const wrong = Object.entries(line.fields).filter(
      ([name, { value }]) => flat(value) !== flat(truth.fields[name] ?? ticks[name]),
    )
    expect(wrong.filter(([, { status }]) => status === 'sure')).toEqual([])
    expect(wrong.length).toBeLessThanOrEqual(1)
    expect(line.fields).toMatchObject(
      Object.fromEntries(Object.entries(ticks).map(([name, value]) => [name, { value, status: 'sure' }])),
    )
    expect(line.fields['hetu']?.value).toBe(truth.fields['hetu'])
    expect(line.fields['iban']).toMatchObject({ value: truth.fields['iban'], status: 'sure' })
  },
)
