import { expect, it } from 'vitest'
import { makeMoveCheck } from './check.ts'
import { findBan } from './checker.ts'
import { FREE_KINDS, makeNation } from './nation.ts'
import { makeSmall } from './small.ts'

const work = { benefit: 'TO', language: 'fi' }

it('names the rule or the hands in the way of a single move', () => {
  const check = makeMoveCheck(makeSmall([{ id: 'a', kind: 'import', scope: { office: 'far' }, allow: false }]))
  expect(check('jam', 'near', work)).toEqual([])
  expect(check('jam', 'far', work)).toEqual([{ code: 'import', rule: 'a' }])
  expect(check('jam', 'near', { ...work, language: 'sv' })).toEqual([{ code: 'noLanguage' }])
  expect(() => check('jam', 'moon', work)).toThrow('no office "moon"')
})

it('counts a limit that is spent as closed', () => {
  const share = { id: 's', kind: 'shareOut', scope: { office: 'jam' }, max: 0.1 } as const
  const check = makeMoveCheck(makeSmall([share], { used: [{ rule: 's', office: 'jam', minutes: 800 }] }))
  expect(check('jam', 'near', work)).toEqual([{ code: 'shareOut', rule: 's' }])
})

it('agrees with the wording of the rules on every way of 40 random nations', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const size = { offices: 8, benefits: 4, poolsPerOffice: 2, rowsPerOffice: 5, rules: 10 }
    const snapshot = makeNation(seed, size, FREE_KINDS)
    const check = makeMoveCheck(snapshot)
    for (const from of snapshot.offices)
      for (const to of snapshot.offices)
        for (const row of snapshot.work.slice(0, 5)) {
          if (from === to) continue
          const allowed = check(from.id, to.id, row).length === 0
          expect({ seed, from: from.id, to: to.id, allowed }).toEqual({
            seed,
            from: from.id,
            to: to.id,
            allowed: findBan(snapshot, from, to, row) === undefined,
          })
        }
  }
})
