// `npm run check`: types, lint, format, rooms. Runs every part even when one fails, so that one run shows all there is to mend.
import { spawnSync } from 'node:child_process'

const parts: [name: string, command: string, ...args: string[]][] = [
  ['types', 'tsc', '-p', 'tsconfig.json'],
  ['types of the browser part', 'tsc', '-p', 'services/desk/web/tsconfig.json'],
  ['format and lint', 'biome', 'ci', '--diagnostic-level=warn', '--error-on-warnings', '.'],
  ['type-aware lint', 'oxlint', '--type-aware', '--deny-warnings', '.'],
  ['rooms', 'vitest', 'run', '--config', 'test/vitest.rooms.config.ts'],
]

let failed = 0
for (const [name, command, ...args] of parts) {
  const started = Date.now()
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) failed += 1
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}
process.exit(failed === 0 ? 0 : 1)
