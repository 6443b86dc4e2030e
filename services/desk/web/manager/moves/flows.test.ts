import { expect, test } from 'vitest'
import { everyFlow, type Flow, filterFlows, listValues } from './flows.ts'

const makeFlow = (from: string, to: string, change: Partial<Flow> = {}): Flow => ({
  from,
  to,
  benefit: 'TO',
  language: 'fi',
  cause: 'plan',
  tasks: 1,
  minutes: 30,
  reasons: null,
  ...change,
})
const flows = [makeFlow('a', 'b'), makeFlow('b', 'c', { benefit: 'YA' }), makeFlow('c', 'd', { cause: 'person' })]

test('flows are narrowed to an office at either end, a benefit and a cause', () => {
  const filter = (wish: Partial<typeof everyFlow>) => filterFlows(flows, { ...everyFlow, ...wish })
  expect(filter({})).toEqual(flows)
  expect(filter({ office: 'b' })).toEqual(flows.slice(0, 2))
  expect(filter({ office: 'b', benefit: 'YA' })).toEqual([flows[1]])
  expect(filter({ cause: 'person' })).toEqual([flows[2]])
})

test('only what the flows have is offered, by name', () => {
  const names: Record<string, string> = { a: 'Öja', b: 'Malmi', c: 'Lahti', d: 'Imatra' }
  expect(listValues(flows, 'office', (id) => names[id] ?? id, 'fi')).toEqual(['d', 'c', 'b', 'a'])
})
