import { parseArgs } from 'node:util'
import {
  POLICIES,
  type PolicyName,
  parseScenario,
  ScenarioError,
  type SimulateOptions,
  simulate,
} from '@tasain/simulation'
import { FileError, type Output, readJson } from './input.ts'

const USAGE = `usage: tasain simulate SCENARIO.json --policy ${POLICIES.join('|')} [--weeks N] [--seed N]
         [--set-up MINUTES] [--move-cost FACTOR] [--export-above DAYS]\n`

/**
 * Prints the figures of a simulated year as one JSON object: waits in calendar days, shares 0 to 1 and the same in percent;
 * progress goes to standard error. Returns the exit code: 0, 1 when the file is no scenario, 2 when called wrongly.
 */
export async function simulateCommand(
  args: readonly string[],
  out: Output,
  errors: Output = process.stderr,
): Promise<number> {
  const called = readOptions(args)
  if (called === undefined) {
    errors.write(USAGE)
    return 2
  }
  const { file, ...options } = called
  try {
    const scenario = parseScenario(await readJson(file))
    const onWeek = (week: number) => week % 4 === 0 && errors.write(`week ${week} of ${options.weeks}\n`)
    const figures = simulate(scenario, { ...options, onWeek })
    const { policy, weeks, seed } = options
    const percent = { pastDuePercent: figures.pastDue * 100, movedPercent: figures.moved * 100 }
    out.write(`${JSON.stringify({ scenario: scenario.name, policy, weeks, seed, ...figures, ...percent })}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof ScenarioError || error instanceof FileError)) throw error
    errors.write(`${error.message}\n`)
    return 1
  }
}

function readOptions(args: readonly string[]): (SimulateOptions & { file: string }) | undefined {
  const text = { type: 'string' } as const
  const names = { policy: text, weeks: text, seed: text, 'set-up': text, 'move-cost': text, 'export-above': text }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: names, allowPositionals: true })
    const [file, ...more] = positionals
    const { policy = 'plan', weeks = '52', seed = '1' } = values
    if (file === undefined || more.length > 0 || !isPolicy(policy)) return undefined
    return {
      file,
      policy,
      weeks: readNumber(weeks, true),
      seed: readNumber(seed, true),
      setUpMinutes: values['set-up'] === undefined ? undefined : readNumber(values['set-up']),
      moveCost: values['move-cost'] === undefined ? undefined : readNumber(values['move-cost']),
      exportAboveDays: values['export-above'] === undefined ? undefined : readNumber(values['export-above']),
    }
  } catch {
    return undefined
  }
}

function isPolicy(text: string): text is PolicyName {
  return POLICIES.some((policy) => policy === text)
}

/** @throws RangeError when it is no number of zero or more, or no whole one of one or more. */
function readNumber(text: string, isWhole = false): number {
  const number = Number(text)
  const isRight = isWhole ? Number.isInteger(number) && number > 0 : number >= 0
  if (text.trim() === '' || !isRight) throw new RangeError(text)
  return number
}
