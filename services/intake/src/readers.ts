import type { FileKind } from '@tasain/contracts'
import type { House } from './house.ts'
import { inspectFile } from './recognition/inspect.ts'

const mediaTypes: Record<FileKind, string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
}

/** The reading children, in the words of the rooms that use them. */
export function startReaders(_count: number): Pick<House, 'inspect' | 'render'> & { stop: () => Promise<void> } {
  return {
    async inspect(path) {
      const found = await inspectFile(path)
      return found.ok ? { ok: true, mediaType: mediaTypes[found.kind], pages: found.pageCount } : found
    },
    render: () => Promise.resolve({ ok: false, code: 'scan.not_readable' }),
    stop: () => Promise.resolve(),
  }
}
