import { createHash } from 'node:crypto'
import { newId } from '@tasain/vocabulary'
import { expect, test } from 'vitest'
import { maskLine } from './log.ts'

test('a log line hides identity codes and keeps every id and hash whole', () => {
  for (let i = 0; i < 2_000; i += 1) {
    const [id, hash] = [newId(), createHash('sha256').update(String(i)).digest('hex')]
    const line = (hetu: string) => `{"reference":"${id}","key":"scans/${hash}","message":"of ${hetu}, 010190Y999P"}`
    expect(maskLine(line('010190-999W'))).toBe(line('•••••••••••').replace('010190Y999P', '•••••••••••'))
  }
})
