import type { Figures } from '@tasain/simulation'
import { expect, test } from 'vitest'
import { drawFrontier, findAt, findLeastPastDue } from './frontier.ts'

const run = (moved: number, meanWait: number, pastDue: number): Figures => ({
  moved,
  meanWait,
  pastDue,
  p95Wait: 0,
  kmPerMove: 100,
  movesPerMovedTask: 1,
  sends: 0,
  recalls: 0,
  refused: 0,
  ruleBreaks: 0,
  arrivals: 0,
  decided: 0,
  open: 0,
})

test('between two runs a figure lies on the line, beyond the last it stays, and a run beaten on both counts is left out', () => {
  const frontier = drawFrontier([run(0.12, 4, 0.01), run(0.08, 8, 0.03), run(0.1, 9, 0)])
  expect(frontier.map(({ moved }) => moved)).toEqual([0.08, 0.12])
  expect(findAt(frontier, 0.1, 'meanWait')).toBeCloseTo(6)
  expect(findAt(frontier, 0.17, 'meanWait')).toBe(4)
  expect(findAt(frontier, 0.05, 'meanWait')).toBeUndefined()
  expect(findLeastPastDue(frontier, 0.1)?.pastDue).toBeCloseTo(0.02)
})
