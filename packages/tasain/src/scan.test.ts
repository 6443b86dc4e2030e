import { expect, test } from 'vitest'
import { scanCommand } from './scan.ts'

test.each([
  [[], 'Name at least one file.'],
  [['a.jpg'], 'Say with --office'],
  [['a.jpg', '--office', 'hel-1', '--sheets', '0'], 'Say with --sheets'],
  [['a.jpg', '--office', 'hel-1', '--both-sides'], '--both-sides says how --sheets count; give both.'],
  [['a.jpg', '--office', 'hel-1', '--bothsides'], "Unknown option '--bothsides'"],
])('called wrongly, scan %j says how and asks nobody', async (args, sentence) => {
  let said = ''
  const write = (text: string) => {
    said += text
  }
  expect(await scanCommand(args, { write }, '/nowhere', { write })).toBe(2)
  expect(said).toContain(sentence)
  expect(said).toContain('usage: tasain scan')
})
