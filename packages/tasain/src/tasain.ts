// The operator's command line: `npm run tasain -- COMMAND ...`.
import { enableCompileCache } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CommandRefused } from './input.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

type Command = { does: string; run: (args: string[], dataDir: string) => Promise<number> }

// Each is loaded when it is called: reading alone brings engines that take a second to load.
const commands: Record<string, Command> = {
  read: {
    does: 'FILE...                  reads files and prints one JSON line for each; needs no running system',
    run: async (args) => {
      if (args.length === 0) throw new CommandRefused('Name at least one file to read.')
      const { readCommand } = await import('./read.ts')
      const unreadable = await readCommand(args, (line) => void process.stdout.write(`${line}\n`))
      return unreadable > 0 ? 1 : 0
    },
  },
  scan: {
    does: 'FILE... --office ID      sends files through the running system as one batch',
    run: async (args, dataDir) => {
      const { scanCommand } = await import('./scan.ts')
      return await scanCommand(args, process.stdout, dataDir)
    },
  },
  plan: {
    does: 'SNAPSHOT.json            prints the plan of a snapshot; --explain says it in words',
    run: async (args) => {
      const { planCommand } = await import('./plan.ts')
      return planCommand(args, process.stdout)
    },
  },
  simulate: {
    does: 'SCENARIO.json            lives through a year of a nation; --policy none|threshold|plan|pooled',
    run: async (args) => {
      const { simulateCommand } = await import('./simulate.ts')
      return simulateCommand(args, process.stdout)
    },
  },
  verify: {
    does: '                         checks what the running system keeps; exit 1 when anything is off',
    run: async (args, dataDir) => {
      if (args.length > 0) throw new CommandRefused('verify takes no further words.')
      const { verifyCommand } = await import('./verify.ts')
      return await verifyCommand(process.stdout, dataDir)
    },
  },
}

const help = `usage: npm run tasain -- COMMAND ...\n\n${Object.entries(commands)
  .map(([name, { does }]) => `  ${name.padEnd(8)} ${does}\n`)
  .join(
    '',
  )}  help     ${' '.repeat(25)}shows this\n\nTASAIN_DATA names the data folder of the running system (else .tasain in the project).\n`

async function main(): Promise<number> {
  // What was compiled before starts in half the time and takes some 10 MiB less.
  enableCompileCache(join(root, 'node_modules', '.compile-cache'))
  const [name = 'help', ...args] = process.argv.slice(2)
  const dataDir = resolve(root, process.env['TASAIN_DATA'] ?? join(root, '.tasain'))
  // npm runs us in the project's folder; files are named from where the command was typed.
  if (process.env['INIT_CWD']) process.chdir(process.env['INIT_CWD'])
  if (name === 'help' || [name, ...args].some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(help)
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    process.stderr.write(`There is no command "${name}". There are ${Object.keys(commands).join(', ')} and help.\n`)
    return 2
  }
  return await command.run(args, dataDir)
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof CommandRefused ? error.message : String(error)}\n`)
  process.exitCode = 1
}
