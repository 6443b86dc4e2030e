import { setFlagsFromString } from 'node:v8'
import { type Plan, type PlanSnapshot, planSchema } from '@tasain/contracts/plan'
import { type ExplainedWork, explain, parseSnapshot, plan, SnapshotError } from '@tasain/levelling'
import { isUiLanguage, type UiLanguage } from '@tasain/vocabulary'
import { FileError, type Output, readArguments, readJson, WrongCall } from './input.ts'

const USAGE = `usage: tasain plan SNAPSHOT.json [--previous PLAN.json] [--explain OFFICE/BENEFIT/LANGUAGE[/protected]] [--in fi|sv|en]\n`

/**
 * Prints the plan of a snapshot as one JSON object, or with --explain what becomes of one office's work, in words.
 * Returns the exit code: 0, 1 when a file is not what it should be, 2 when called wrongly.
 */
export function planCommand(args: readonly string[], out: Output, errors: Output = process.stderr): number {
  // The nation fits in 256 MiB when memory is cleared early; left to itself Node takes twice that.
  for (const flag of ['--optimize-for-size', '--semi-space-growth-factor=1', '--heap-growing-percent=10'])
    setFlagsFromString(flag)
  try {
    const options = readOptions(args)
    // The earlier plan first: all but its basis can be forgotten before the snapshot comes.
    const previous =
      options.previous === undefined ? undefined : parsePlan(readJson(options.previous), options.previous)
    const snapshot = readSnapshot(options.snapshot)
    const planned = plan(snapshot, previous)
    if (options.explain === undefined) for (const text of listParts(planned)) out.write(text)
    else out.write(`${explain(planned, snapshot, options.explain, options.language).join('\n')}\n`)
    return 0
  } catch (error) {
    if (error instanceof WrongCall) {
      errors.write(`${error.message}\n${USAGE}`)
      return 2
    }
    if (!(error instanceof FileError)) throw error
    errors.write(`${error.message}\n`)
    return 1
  }
}

type Options = {
  snapshot: string
  previous: string | undefined
  explain: ExplainedWork | undefined
  language: UiLanguage
}

/** @throws WrongCall naming what is wrong. */
function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const
  const options = { previous: text, explain: text, in: text }
  const { values, positionals } = readArguments({ args: [...args], options, allowPositionals: true })
  const { previous, in: language = 'en' } = values
  const [snapshot, ...more] = positionals
  if (snapshot === undefined || more.length > 0) throw new WrongCall('Name one snapshot file.')
  if (!isUiLanguage(language)) throw new WrongCall(`--in ${language}: is none of fi, sv, en`)
  const explain = values.explain === undefined ? undefined : readWork(values.explain)
  return { snapshot, previous, explain, language }
}

function readSnapshot(file: string): PlanSnapshot {
  const value = readJson(file)
  try {
    return parseSnapshot(value)
  } catch (error) {
    throw error instanceof SnapshotError ? new FileError(`${file}: ${error.message}`) : error
  }
}

function readWork(text: string): ExplainedWork {
  const [office, benefit, language, secrecy, ...more] = text.split('/')
  if (!office || !benefit || !language || (secrecy ?? 'protected') !== 'protected' || more.length > 0)
    throw new WrongCall(`--explain ${text}: is no OFFICE/BENEFIT/LANGUAGE`)
  return { office, benefit, language, protected: secrecy === 'protected' }
}

function parsePlan(value: unknown, file: string): Pick<Plan, 'basis'> {
  const parsed = planSchema.pick({ basis: true }).safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new FileError(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not a plan'}`)
}

/** The plan as JSON on one line, in parts: as one text it would be as large again as all the rest. */
function* listParts(planned: Plan): Generator<string> {
  let separator = '{'
  for (const [key, value] of Object.entries(planned)) {
    yield `${separator}${JSON.stringify(key)}:`
    separator = ','
    if (!Array.isArray(value)) yield JSON.stringify(value)
    else {
      yield '['
      for (let i = 0; i < value.length; i += 500)
        yield (i > 0 ? ',' : '') + JSON.stringify(value.slice(i, i + 500)).slice(1, -1)
      yield ']'
    }
  }
  yield '}\n'
}
