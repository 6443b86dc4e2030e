import type { BenchPage } from './pages.ts'

/** A page for tests of the counting: a JPEG without anything on it, but for what is told. */
export const makePage = (name: string, more: Partial<BenchPage> = {}): BenchPage => ({
  name,
  path: '',
  kind: 'jpeg',
  dpi: 200,
  rotation: 0,
  damage: 'crisp',
  form: null,
  language: 'fi',
  isBlank: false,
  isTyped: true,
  fields: {},
  ticks: {},
  lines: [],
  ...more,
})
