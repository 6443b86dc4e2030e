import type { Queue } from '@tasain/kit'

/** Reading of one page: `{pageId}`. A page whose reading takes its worker down three times ends in `pageDead`. */
export const readPage = 'read-page'
export const pageDead = 'page-dead'
/** Reading of a page's whole text, behind the fields of all that wait: `{pageId}`. */
export const readText = 'read-text'
export const textDead = 'text-dead'
/** Something waits to be read: `{queue}`, of the two above. Who is next is decided when a worker is free. */
export const turnDue = 'turn-due'
export const sweep = 'sweep'

export const queues: readonly Queue[] = [
  { name: pageDead, tries: 10, backoff: true },
  { name: readPage, deadLetter: pageDead, tries: 3 },
  { name: textDead, tries: 10, backoff: true },
  { name: readText, deadLetter: textDead, tries: 3 },
  { name: turnDue, tries: 10, backoff: true },
  { name: sweep, single: true },
]
