import {
  POLICIES,
  type PolicyName,
  parseScenario,
  ScenarioError,
  type SimulateOptions,
  simulate,
} from '@tasain/simulation'
import { FileError, type Output, readArguments, readJson, WrongCall } from './input.ts'

const USAGE = `usage: tasain simulate SCENARIO.json --policy ${POLICIES.join('|')} [--weeks N] [--seed N]
         [--set-up MINUTES] [--move-cost FACTOR] [--export-above DAYS]\n`

/**
 * Prints the figures of a simulated year as one JSON object: waits in calendar days, shares 0 to 1 and the same in percent;
 * progress goes to standard error. Returns the exit code: 0, 1 when the file is no scenario, 2 when called wrongly.
 */
export function simulateCommand(args: readonly string[], out: Output, errors: Output = process.stderr): number {
  try {
    const { file, ...options } = readOptions(args)
    const scenario = parseScenario(readJson(file))
    const onWeek = (week: number) => week % 4 === 0 && errors.write(`week ${week} of ${options.weeks}\n`)
    const figures = simulate(scenario, { ...options, onWeek })
    const { policy, weeks, seed } = options
    const percent = { pastDuePercent: figures.pastDue * 100, movedPercent: figures.moved * 100 }
    out.write(`${JSON.stringify({ scenario: scenario.name, policy, weeks, seed, ...figures, ...percent })}\n`)
    return 0
  } catch (error) {
    if (error instanceof WrongCall) {
      errors.write(`${error.message}\n${USAGE}`)
      return 2
    }
    if (!(error instanceof ScenarioError || error instanceof FileError)) throw error
    errors.write(`${error.message}\n`)
    return 1
  }
}

/** @throws WrongCall naming what is wrong. */
function readOptions(args: readonly string[]): SimulateOptions & { file: string } {
  const text = { type: 'string' } as const
  const names = { policy: text, weeks: text, seed: text, 'set-up': text, 'move-cost': text, 'export-above': text }
  const { values, positionals } = readArguments({ args: [...args], options: names, allowPositionals: true })
  const [file, ...more] = positionals
  const { policy = 'plan' } = values
  if (file === undefined || more.length > 0) throw new WrongCall('Name one scenario file.')
  if (!isPolicy(policy)) throw new WrongCall(`--policy ${policy}: is none of ${POLICIES.join(', ')}`)
  const read = (name: keyof typeof names, isWhole = false) => {
    const value = values[name]
    return value === undefined ? undefined : readNumber(name, value, isWhole)
  }
  return {
    file,
    policy,
    weeks: read('weeks', true) ?? 52,
    seed: read('seed', true) ?? 1,
    setUpMinutes: read('set-up'),
    moveCost: read('move-cost'),
    exportAboveDays: read('export-above'),
  }
}

function isPolicy(text: string): text is PolicyName {
  return POLICIES.some((policy) => policy === text)
}

/** A number of zero or more, or a whole one of one or more. */
function readNumber(name: string, text: string, isWhole: boolean): number {
  const number = Number(text)
  const isRight = isWhole ? Number.isInteger(number) && number > 0 : number >= 0
  if (text.trim() === '' || !isRight)
    throw new WrongCall(`--${name} ${text}: must be a ${isWhole ? 'whole number from 1' : 'number from 0'}`)
  return number
}
