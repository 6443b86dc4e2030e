import type {
  FirstReading,
  FormDefinition,
  PageText,
  ReadingFailure,
  RefusalCode,
  TextMode,
  Upright,
} from '@tasain/contracts'
import type { AccessLog, Clock, IdentityCipher, Jobs, Log, ObjectStore, Witness } from '@tasain/kit'
import type { Hetu } from '@tasain/vocabulary'
import type { Kysely } from 'kysely'
import type { Proposed } from './recognition/children.ts'
import type { FormShelf } from './recognition/forms/shelf.store.ts'
import type { Schema } from './schema.ts'
import type { Tasks } from './tasks/tasks.work.ts'

/** What kind of file a scan is and how many pages it has, or why it cannot be taken. */
export type Inspected = { ok: true; mediaType: string; pages: number } | { ok: false; code: RefusalCode }
/** What was read from a page and by which engine, or why it cannot be read. */
export type ReadFields = { ok: true; reading: FirstReading; engine: string } | { ok: false; code: ReadingFailure }
export type TextWish = Pick<Upright, 'rotation' | 'skew'> & { mode: TextMode }
export type ReadText = { ok: true; text: PageText } | { ok: false; code: ReadingFailure }
/** How a page is shown: turned upright, at one of two widths. */
export type View = { page: number; rotation: number; skew: number; width: 'thumbnail' | 'page' }
/** An image as a file's bytes, or why the page cannot be drawn. */
export type Rendered = { ok: true; image: Buffer; mediaType: string } | { ok: false; code: RefusalCode }

/** For whom work is done in a child: people take turns, and what nobody waits for any more is ended. */
export type Asker = { person: string; signal?: AbortSignal }

/** Everything the rooms of the house share; a room takes of it what it needs. */
export type House = {
  db: Kysely<Schema>
  log: Log
  clock: Clock
  objects: ObjectStore
  jobs: Jobs
  accessLog: AccessLog
  accessLogKey: string
  accessLogHead: string
  /** Remembers what is in the access log and not sealed yet. */
  witness: Witness
  cipher: IdentityCipher
  indexIdentity: (hetu: Hetu) => string
  /** Public keys of those whose word about a caller counts. */
  trusted: { desk: string; balancer: string }
  /** How the tasks of the applications stand at the balancer. */
  tasks: Tasks
  /** Holds `received`, `uploads`, `reading` and `rendered`; nothing in it is needed after a restart but `uploads`. */
  temporaryFolder: string
  /** The forms that pages are read by. */
  forms: FormShelf
  /** Looks at a file in a child process; waits its turn. */
  inspect: (path: string, asker: Asker) => Promise<Inspected>
  /** Reads a page in a child process. @throws ChildStalled when the machine had no time for it, and when the child died. */
  readFields: (path: string, mediaType: string, page: number) => Promise<ReadFields>
  /** Reads the whole text of a page that lies so, in a child process, `plain` or `clean`. @throws as `readFields` does. */
  readText: (path: string, mediaType: string, page: number, lies: TextWish) => Promise<ReadText>
  /** Proposes a form from a blank copy of it, in a child process. */
  proposeForm: (path: string, mediaType: string, page: number, asker: Asker) => Promise<Proposed>
  /** Reads a page by one form alone, which need not be known yet, in a child process. */
  tryForm: (path: string, mediaType: string, page: number, form: FormDefinition, asker: Asker) => Promise<ReadFields>
  /** Draws a page in a child process. */
  render: (path: string, mediaType: string, view: View, asker: Asker) => Promise<Rendered>
  checkReady: () => Promise<void>
}
