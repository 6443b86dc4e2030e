import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { type Plan, type PlanSnapshot, planSchema } from '@tasain/contracts/plan'
import { type ExplainedWork, explain, parseSnapshot, plan, SnapshotError } from '@tasain/levelling'
import { isUiLanguage, type UiLanguage } from '@tasain/vocabulary'
import { FileError, type Output, readJson } from './input.ts'

const USAGE = `usage: tasain plan SNAPSHOT.json [--previous PLAN.json] [--explain OFFICE/BENEFIT/LANGUAGE[/protected]] [--in fi|sv|en]\n`

/**
 * Prints the plan of a snapshot as one JSON object, or with --explain what becomes of one office's work, in words.
 * Returns the exit code: 0, 1 when a file is not what it should be, 2 when called wrongly.
 */
export async function planCommand(
  args: readonly string[],
  out: Output,
  errors: Output = process.stderr,
): Promise<number> {
  const options = readOptions(args)
  if (options === undefined) {
    errors.write(USAGE)
    return 2
  }
  // The nation fits in 256 MiB when memory is cleared early; left to itself Node takes twice that.
  for (const flag of ['--optimize-for-size', '--semi-space-growth-factor=1', '--heap-growing-percent=10'])
    setFlagsFromString(flag)
  try {
    // The earlier plan first: all but its basis can be forgotten before the snapshot comes.
    const previous =
      options.previous === undefined ? undefined : parsePlan(await readJson(options.previous), options.previous)
    const snapshot: PlanSnapshot = parseSnapshot(await readJson(options.snapshot))
    const planned = plan(snapshot, previous)
    if (options.explain === undefined) for (const text of listParts(planned)) out.write(text)
    else out.write(`${explain(planned, snapshot, options.explain, options.language).join('\n')}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof SnapshotError || error instanceof FileError)) throw error
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

function readOptions(args: readonly string[]): Options | undefined {
  const text = { type: 'string' } as const
  const options = { previous: text, explain: text, in: text }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const { previous, in: language = 'en' } = values
    const [snapshot, ...more] = positionals
    const explain = values.explain === undefined ? undefined : readWork(values.explain)
    if (snapshot === undefined || more.length > 0 || !isUiLanguage(language)) return undefined
    return values.explain !== undefined && !explain ? undefined : { snapshot, previous, explain, language }
  } catch {
    return undefined
  }
}

function readWork(text: string): ExplainedWork | undefined {
  const [office, benefit, language, secrecy, ...more] = text.split('/')
  if (!office || !benefit || !language || (secrecy ?? 'protected') !== 'protected' || more.length > 0) return undefined
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
