import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Tests that start the whole product: one after another and after the others, so that none waits for a busy machine.
const whole = ['test/{browser,faults,story}/**/*.test.ts', 'test/{story,forms}.test.ts', 'infra/embedded/start.test.ts']
const long = process.env['TASAIN_LONG'] === '1'
const never = ['**/node_modules/**', '**/dist/**', '**/.tasain/**', ...(long ? [] : ['**/*.long.test.ts'])]

export default defineConfig({
  root: dirname(dirname(fileURLToPath(import.meta.url))),
  test: {
    projects: [
      {
        test: {
          name: 'parts',
          include: ['packages/**/*.test.ts', 'services/**/*.test.ts', 'infra/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...never, ...whole],
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: Math.max(2, availableParallelism()),
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'whole',
          include: whole,
          exclude: never,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
