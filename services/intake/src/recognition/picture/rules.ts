import type { Grey } from './grey.ts'
import { meanAround } from './ink.ts'

/** A printed straight line: from (x1, y1) to (x2, y2) through its middle, in pixels. */
export type Rule = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
export type Rules = { readonly across: readonly Rule[]; readonly down: readonly Rule[] }

type Run = { from: number; to: number; first: number; last: number }

/**
 * Lists the printed lines of an upright page at most `thickest` pixels thick. `least` pixels long: across the page more
 * than a word's foot, down it more than a letter.
 */
export function listRules(page: Grey, least: { across: number; down: number }, thickest: number): Rules {
  const dark = findDark(page)
  const { width, height } = page
  const across = listRuns(width, height, least.across, thickest, (along, over) => dark[over * width + along] === 1)
  const down = listRuns(height, width, least.down, thickest, (along, over) => dark[along * width + over] === 1)
  return {
    across: across.map(({ from, to, first, last }) => ({
      x1: from,
      x2: to,
      y1: (first + last) / 2,
      y2: (first + last) / 2,
    })),
    down: down.map(({ from, to, first, last }) => ({
      y1: from,
      y2: to,
      x1: (first + last) / 2,
      x2: (first + last) / 2,
    })),
  }
}

function findDark(page: Grey): Uint8Array {
  const around = meanAround(page, 12)
  const dark = new Uint8Array(page.data.length)
  for (let i = 0; i < dark.length; i++) {
    const background = around[i] ?? 255
    if ((page.data[i] ?? 255) < background - 22) dark[i] = 1
  }
  return dark
}

function listRuns(
  length: number,
  breadth: number,
  least: number,
  thickest: number,
  isDark: (along: number, over: number) => boolean,
): Run[] {
  const open: Run[] = []
  const done: Run[] = []
  for (let over = 1; over < breadth - 1; over++) {
    for (const found of runsOf(over, length, least, isDark)) {
      const same = open.find((run) => run.last >= over - 2 && overlap(run, found) > 0.5 * least)
      if (same === undefined) open.push({ ...found, first: over, last: over })
      else Object.assign(same, { from: Math.min(same.from, found.from), to: Math.max(same.to, found.to), last: over })
    }
    for (let i = open.length - 1; i >= 0; i--) {
      const run = open[i]
      if (run !== undefined && run.last < over - 2) done.push(...open.splice(i, 1))
    }
  }
  done.push(...open)
  return done.filter((run) => run.last - run.first + 1 <= thickest)
}

/** Dark stretches along one row or column; the neighbouring row counts too, so that a slight lean does not break them. */
function runsOf(over: number, length: number, least: number, isDark: (along: number, over: number) => boolean) {
  const runs: { from: number; to: number }[] = []
  let from = -1
  let gap = 0
  for (let along = 0; along <= length; along++) {
    const on = along < length && (isDark(along, over) || isDark(along, over + 1))
    if (on) {
      if (from < 0) from = along
      gap = 0
    } else if (from >= 0 && (++gap > 3 || along === length)) {
      if (along - gap - from + 1 >= least) runs.push({ from, to: along - gap })
      from = -1
    }
  }
  return runs
}

function overlap(one: { from: number; to: number }, other: { from: number; to: number }): number {
  return Math.min(one.to, other.to) - Math.max(one.from, other.from)
}
