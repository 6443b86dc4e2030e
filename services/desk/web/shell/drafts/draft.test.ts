import { describe, expect, test } from 'vitest'
import { readRefusal } from '../server/refusal.ts'
import {
  blend,
  clear,
  type DraftState,
  discard,
  fail,
  finishDiscard,
  finishSave,
  keepMine,
  receive,
  restore,
  type StoredDraft,
  takeNewer,
  type,
  untouched,
} from './draft.ts'

const mine = { writer: 'w1', isTouched: false }
const store = (version: string, value: unknown, basis = '3'): StoredDraft => ({
  kind: 'check',
  version,
  savedAt: '2026-12-01T10:00:00.000Z',
  body: { value: value as never, basis },
})
const text = { grounds: 'Ehdot täyttyvät.' }
const typed = type(untouched, text, '3')
const saved = finishSave(typed, text, 'w1.1', '2026-12-01T10:00:00.000Z')

describe('Nothing unmeant is done: drafts in the window', () => {
  test('what is typed counts as unsaved until the server has just that', () => {
    expect(typed).toMatchObject({ typed: text, isSaved: false })
    expect(saved).toMatchObject({ isSaved: true, version: 'w1.1' })
    const more = type(typed, { grounds: 'Ehdot täyttyvät kaikki.' }, '3')
    expect(finishSave(more, text, 'w1.1', saved.savedAt ?? '')).toMatchObject({ isSaved: false, version: 'w1.1' })
  })

  test('what the server never had need not be taken away there; what it has must', () => {
    expect(type(typed, undefined, '3').isSaved).toBe(true)
    const emptied = type(saved, undefined, '3')
    expect(emptied.isSaved).toBe(false)
    expect(finishDiscard(emptied)).toMatchObject({ isSaved: true, version: null })
  })

  test('a form emptied while its text was on the way is still emptied at the server', () => {
    expect(finishSave(type(typed, undefined, '3'), text, 'w1.1', '')).toMatchObject({
      isSaved: false,
      typed: undefined,
    })
  })

  test('a failure stays told until something is saved', () => {
    const failed = fail(typed, readRefusal(503, ''))
    expect(failed.problem?.mayPass).toBe(true)
    expect(type(failed, { grounds: 'x' }, '3').problem).toBeDefined()
    expect(finishSave(failed, text, 'w1.2', '').problem).toBeUndefined()
  })

  test('a stored draft fills a form that nobody has touched', () => {
    const filled = receive(untouched, store('w2.7', text, '2'), mine)
    expect(filled).toMatchObject({ typed: text, basis: '2', isSaved: true, version: 'w2.7', revision: 1 })
  })

  test('text typed before the stored draft arrived is kept beside it, and the person chooses', () => {
    const both = receive(typed, store('w2.7', { grounds: 'Toinen.' }), { ...mine, isTouched: true })
    expect(both.typed).toBe(text)
    expect(both.newer?.version).toBe('w2.7')
    expect(keepMine(both)).toMatchObject({ typed: text, isSaved: false, version: 'w2.7', newer: undefined })
    expect(takeNewer(both)).toMatchObject({ typed: { grounds: 'Toinen.' }, isSaved: true, newer: undefined })
  })

  test('what this window itself has stored, or has seen, changes nothing', () => {
    expect(receive(saved, store('w1.1', text), mine)).toBe(saved)
    expect(receive(typed, store('w1.9', text), mine)).toBe(typed)
    const seen = receive(untouched, store('w2.7', text), mine)
    expect(receive(seen, store('w2.7', text), mine)).toBe(seen)
  })

  test('a saved draft that another window threw away or used goes, unsaved text does not', () => {
    expect(receive(saved, undefined, mine)).toMatchObject({ typed: undefined, isSaved: true, version: null })
    expect(receive(typed, undefined, mine)).toBe(typed)
    // The server was asked before the save arrived.
    expect(receive(saved, undefined, { ...mine, isTouched: true })).toBe(saved)
  })

  test('a form whose act is done begins anew and is taken away at the server', () => {
    expect(clear(saved)).toMatchObject({ typed: undefined, isSaved: false, revision: 1, discarded: undefined })
    const next = type(finishDiscard(clear(saved)), text, '4')
    expect(next).toMatchObject({ basis: '4', isSaved: false })
  })

  test('what was thrown away can be taken back until something new is typed', () => {
    const thrown = discard(saved)
    expect(thrown).toMatchObject({ typed: undefined, isSaved: false })
    expect(restore(thrown)).toMatchObject({ typed: text, basis: '3', isSaved: false, discarded: undefined })
    expect(restore(type(thrown, { grounds: 'Uusi.' }, '5'))).toMatchObject({ typed: { grounds: 'Uusi.' }, basis: '5' })
  })

  test('the basis is that of the first change, so that a later version of the object shows', () => {
    const later: DraftState = type(typed, { grounds: 'x' }, '4')
    expect(later.basis).toBe('3')
  })

  test('parts of another form than the blank ones are left out, so that none breaks the page', () => {
    const blank = { grounds: '', ticked: ['a'], values: { a: 'b' }, outcome: null }
    expect(blend(blank, undefined)).toEqual(blank)
    expect(blend(blank, { grounds: 'x', outcome: 'granted' })).toEqual({ ...blank, grounds: 'x', outcome: 'granted' })
    expect(blend(blank, { grounds: ['x'], ticked: 'x', values: null, gone: 1 })).toEqual(blank)
    expect(receive(untouched, store('w2.1', ['x']), mine).typed).toBeUndefined()
  })
})
