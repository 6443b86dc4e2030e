import { createHash } from 'node:crypto'
import { createReadStream, openAsBlob, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { batch, idempotencyHeader, officeList, type Stored, stored } from '@tasain/contracts'
import { maskHetus, newId } from '@tasain/vocabulary'
import { CommandRefused } from './input.ts'
import { askPatiently, getRunning } from './running.ts'

export const scanUsage = `usage: tasain scan FILE... --office ID [--channel office_paper|post|joint_service_point|e_service|phone]
                   [--benefit CODE] [--language fi|sv] [--arrived YYYY-MM-DD] [--sheets N [--both-sides]]\n`
const patienceMs = 60_000

type Output = { write: (text: string) => unknown }
type Cover = {
  channel?: string
  benefit?: string
  language?: string
  arrivedOn?: string
  sheetsCounted?: number
  bothSides?: boolean
}
type Wish = { files: string[]; office: string; cover: Cover }

/**
 * Sends files through the running system as one batch and prints a line for each; a batch that nothing came into is not
 * kept, and one that lacks pages of the sheets counted in stays open. An upload cut short is sent again
 * under the same key, so that it has one effect. Returns the exit code: 0, 1 when anything was refused, 2 when called wrongly.
 */
export async function scanCommand(
  args: readonly string[],
  out: Output,
  dataDir: string,
  errors: Output = process.stderr,
): Promise<number> {
  const wish = readWish(args)
  if (typeof wish === 'string') {
    errors.write(`${wish}${scanUsage}`)
    return 2
  }
  const { office } = wish
  getRunning(dataDir)
  await assertOffice(dataDir, office)
  const ask = createAsk(dataDir, office)
  const { id, number } = await ask.openBatch(wish.cover)
  const counts = { stored: 0, duplicate: 0, refused: 0 }
  for (const file of wish.files) {
    const outcome = await sendFile(ask, id, file)
    counts[outcome.state] += 1
    // A file may bear anything in its name, an identity code too.
    out.write(`${outcome.state} ${maskHetus(file)}${outcome.state === 'refused' ? ':' : ''} ${outcome.words}\n`)
  }
  const { stored: storedFiles, duplicate, refused } = counts
  const isEmpty = storedFiles + duplicate === 0
  const open = isEmpty ? await ask.discardBatch(id) : await ask.closeBatch(id)
  const name = isEmpty ? 'no batch, for nothing was stored' : `batch ${number} (${id})`
  out.write(`${name}: stored ${storedFiles}, duplicate ${duplicate}, refused ${refused}\n`)
  if (open !== undefined) out.write(`batch ${number} stays open: ${open}\n`)
  return refused > 0 || open !== undefined ? 1 : 0
}

function readWish(args: readonly string[]): Wish | string {
  const text = { type: 'string' } as const
  const bothSides = { 'both-sides': { type: 'boolean' } } as const
  const options = {
    office: text,
    channel: text,
    benefit: text,
    language: text,
    arrived: text,
    sheets: text,
    ...bothSides,
  }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const { office, channel, benefit, language, arrived, sheets } = values
    if (positionals.length === 0) return 'Name at least one file.\n'
    if (office === undefined) return 'Say with --office which office scans.\n'
    if (sheets !== undefined && !/^[1-9]\d{0,4}$/.test(sheets)) return 'Say with --sheets how many sheets there are.\n'
    if (values['both-sides'] && sheets === undefined) return '--both-sides says how --sheets count; give both.\n'
    const cover = {
      ...(channel !== undefined && { channel }),
      ...(benefit !== undefined && { benefit }),
      ...(language !== undefined && { language }),
      ...(arrived !== undefined && { arrivedOn: arrived }),
      ...(sheets !== undefined && { sheetsCounted: Number(sheets), bothSides: values['both-sides'] ?? false }),
    }
    return { files: positionals, office, cover }
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n`
  }
}

// The balancer alone knows the offices; where it is away, the paper is not kept waiting for it.
async function assertOffice(dataDir: string, office: string): Promise<void> {
  const answer = await askPatiently(dataDir, { house: 'balancer', path: '/offices', withinMs: 5_000 }, 0).catch(
    () => undefined,
  )
  if (!answer?.ok) return
  const offices = officeList.parse(answer.body).offices.map(({ id }) => id)
  if (offices.length === 0 || offices.includes(office)) return
  throw new CommandRefused(`There is no office "${office}". There are ${offices.join(', ')}.`)
}

type Ask = ReturnType<typeof createAsk>

function createAsk(dataDir: string, office: string) {
  const post = async (path: string, key: string, body: () => Promise<string | FormData>, type?: string) => {
    const headers = { [idempotencyHeader]: key, ...(type !== undefined && { 'content-type': type }) }
    return await askPatiently(dataDir, { house: 'intake', path, office, method: 'POST', headers, body }, patienceMs)
  }
  const postJson = async (path: string, body: object) => {
    const answer = await post(path, newId(), async () => JSON.stringify(body), 'application/json')
    if (!answer.ok) throw new CommandRefused(`The batch was refused: ${answer.sentence}`)
    return answer.body
  }
  return {
    openBatch: async (cover: Cover) => batch.parse(await postJson('/batches', cover)),
    /** Why it stays open; undefined when it is closed. */
    async closeBatch(id: string): Promise<string | undefined> {
      const answer = await post(`/batches/${id}/close`, newId(), async () => '{}', 'application/json')
      return answer.ok ? undefined : answer.sentence
    },
    async discardBatch(id: string): Promise<undefined> {
      await postJson(`/batches/${id}/discard`, {})
    },
    upload: (id: string, key: string, form: () => Promise<FormData>) => post(`/batches/${id}/scans`, key, form),
  }
}

type Outcome = { state: 'stored' | 'duplicate' | 'refused'; words: string }

async function sendFile(ask: Ask, batchId: string, file: string): Promise<Outcome> {
  const fault = findFault(file)
  if (fault) return { state: 'refused', words: fault }
  const path = resolve(file)
  const key = createHash('sha256')
    .update(`${batchId}\n${path}\n${await hashFile(path)}`)
    .digest('base64url')
  const form = async () => {
    const content = new FormData()
    content.set('file', await openAsBlob(path), basename(path))
    return content
  }
  const answer = await ask.upload(batchId, key, form)
  return answer.ok ? describeStored(stored.parse(answer.body)) : { state: 'refused', words: answer.sentence }
}

function findFault(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return 'There is no such file.'
  return found.isFile() ? undefined : 'This is not a file. Name the files in it one by one.'
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function describeStored({ state, scan }: Stored): Outcome {
  const twin = scan.duplicateOf
  if (state === 'duplicate' && twin)
    return { state, words: `${scan.id} of ${twin.scanId}, stored ${twin.storedAt} in batch ${twin.batchId}` }
  return { state, words: `${scan.id} pages=${scan.pages.length}` }
}
