import { expect, test } from 'vitest'
import { findTarget } from './target.ts'

test('what the houses offer to browsers is found below the name of the house', () => {
  const target = { house: 'intake', prefix: '/api/intake', bucket: 'other' }
  expect(findTarget('GET', '/intake/batches')).toEqual({ ...target, path: '/batches' })
  expect(findTarget('GET', '/intake/pages/0197-a_b/image?width=page')).toEqual({
    ...target,
    path: '/pages/0197-a_b/image?width=page',
  })
  expect(findTarget('POST', '/balancer/tasks/next')).toMatchObject({ house: 'balancer', path: '/tasks/next' })
  for (const house of ['intake', 'balancer'])
    expect(findTarget('POST', `/${house}/requests/cancel`)).toMatchObject({ house, path: '/requests/cancel' })
})

test.each([
  '/intake/verify',
  '/intake/health',
  '/intake/ready',
  '/intake/metrics',
  '/intake/handovers?after=0',
  '/intake/handovers',
  '/balancer/verify',
  '/balancer/batches',
  '/desk/verify',
  '/intake',
  '/intake/',
  '/intake//verify',
  '/intake/batches/../handovers',
  '/intake/batches/%2e%2e/handovers',
  '/intake/batches/..%2fhandovers',
  '/intake/batches\\..\\handovers',
  '/intake/Batches',
  '/intake/batches;/x',
  '@evil.example/batches',
  '/intake@evil.example/batches',
])('%s leads nowhere', (url) => {
  expect(findTarget('GET', url)).toBeUndefined()
})

test('uploads and searches draw on allowances of their own', () => {
  expect(findTarget('POST', '/intake/uploads')?.bucket).toBe('upload')
  expect(findTarget('POST', '/intake/batches/1/scans')?.bucket).toBe('upload')
  expect(findTarget('PATCH', '/intake/uploads/1')?.bucket).toBe('other')
  expect(findTarget('GET', '/intake/batches/1/scans')?.bucket).toBe('other')
  expect(findTarget('POST', '/intake/search')?.bucket).toBe('search')
})
