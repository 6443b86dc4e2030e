import type { ReadingFailure, Upright } from '@tasain/contracts'
import { refuse } from '@tasain/kit'
import type { House } from './house.ts'
import { ChildDied, ChildStalled, createReaders } from './recognition/children.ts'
import type { Failed } from './recognition/failure.ts'
import type { FormShelf } from './recognition/forms/shelf.store.ts'
import { getKind, mediaTypes } from './recognition/sniff.ts'

/** Told apart in the readings kept: raise it whenever the same page may be read otherwise than before. */
export const engine = 'fin+swe/3'

type ReaderParts = Pick<House, 'inspect' | 'readFields' | 'readText' | 'render' | 'proposeForm' | 'tryForm'> & {
  stop: () => Promise<void>
  pids: () => number[]
}

/** The reading children, in the words of the rooms that use them. Nothing runs until it is needed. */
export function startReaders(count: number, shelf: FormShelf): ReaderParts {
  const readers = createReaders({ count })
  return {
    async inspect(path, asker) {
      const found = await tryTwice(() => readers.inspect({ path, ...asker, throwOnDeath: true }), 'scan.damaged')
      return found.ok ? { ok: true, mediaType: mediaTypes[found.kind], pages: found.pageCount } : found
    },
    async readFields(path, mediaType, page) {
      const { revision, forms: definitions } = await shelf.get()
      const asked = { path, kind: getKind(mediaType), page, forms: { revision, definitions } }
      const found = await readers.readFields({ ...asked, throwOnDeath: true })
      return found.ok ? { ok: true, reading: found.reading, engine } : found
    },
    async proposeForm(path, mediaType, page, asker) {
      return await readers.propose({ path, kind: getKind(mediaType), page, ...asker })
    },
    async tryForm(path, mediaType, page, definition, asker) {
      const forms = { revision: null, definitions: [definition] }
      const found = await readers.readFields({ path, kind: getKind(mediaType), page, forms, ...asker })
      return found.ok ? { ok: true, reading: found.reading, engine } : found
    },
    async readText(path, mediaType, page, wish) {
      const found = await readers.readText({ path, kind: getKind(mediaType), page, ...wish, throwOnDeath: true })
      return found.ok ? { ok: true, text: found.reading } : found
    },
    async render(path, mediaType, { page, rotation, skew, width }, asker) {
      const view = { path, page, skew, width, kind: getKind(mediaType), rotation: asQuarterTurn(rotation) }
      const found = await tryTwice(() => readers.render({ ...view, ...asker, throwOnDeath: true }), 'scan.not_readable')
      return found.ok ? { ok: true, image: Buffer.from(found.bytes), mediaType: 'image/webp' } : found
    },
    stop: () => readers.stop(),
    pids: () => readers.pids(),
  }
}

/**
 * A child may be ended from outside while it works on a good file; one that ends twice over it is the file's doing.
 * @throws service.busy when the machine had no time for it, which says nothing of the file
 */
async function tryTwice<T>(run: () => Promise<T>, code: ReadingFailure): Promise<T | Failed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      if (error instanceof ChildStalled) throw refuse('service.busy')
      if (!(error instanceof ChildDied)) throw error
      if (attempt === 2) return { ok: false, code, reason: error.message }
    }
  }
}

function asQuarterTurn(degrees: number): Upright['rotation'] {
  return degrees === 90 || degrees === 180 || degrees === 270 ? degrees : 0
}
