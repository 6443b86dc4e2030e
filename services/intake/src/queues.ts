import type { Queue } from '@tasain/kit'

/** Reading of one page: `{pageId}`. A page whose reading takes its worker down three times ends in `pageDead`. */
export const readPage = 'read-page'
export const pageDead = 'page-dead'
export const sweep = 'sweep'

export const queues: readonly Queue[] = [
  { name: pageDead, tries: 10, backoff: true },
  { name: readPage, deadLetter: pageDead, tries: 3 },
  { name: sweep, single: true },
]
