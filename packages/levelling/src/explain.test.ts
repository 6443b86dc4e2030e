import { describe, expect, it } from 'vitest'
import { makePool, makeRow, makeSmall } from '../testing/small.ts'
import { explain, plan } from './index.ts'

const toInJam = { office: 'jam', benefit: 'TO', language: 'fi', protected: false }

describe('reasons of a move', () => {
  it('tell queue days at both ends, the saving and what speaks against two others', () => {
    const snapshot = makeSmall([{ id: 'no-far', kind: 'import', scope: { office: 'far' }, allow: false }])
    const planned = plan(snapshot)
    const near = planned.flows.find(({ to }) => to === 'near')
    expect(near?.reasons).toMatchObject({ fromDaysBefore: 20, toDaysBefore: 1 })
    expect(near?.reasons.saving).toBeGreaterThanOrEqual(0)
    expect(near?.reasons.alternatives).toContainEqual({ office: 'far', why: 'import', rule: 'no-far' })
    const total = planned.flows.reduce((sum, { minutes }) => sum + minutes, 0)
    expect(near?.reasons.fromDaysAfter).toBe(Math.round((8000 - total) / 40) / 10)
  })

  it('tell queue days of the pools able to do the work beside those of the whole office', () => {
    const pools = ['jam', 'near', 'next', 'far'].map((office) => makePool(office))
    const other = makePool('near', { benefits: ['YA'], minutesPerDay: 1200 })
    const snapshot = makeSmall([], { pools: [...pools, other] })
    const work = [...snapshot.work, makeRow({ office: 'near', benefit: 'YA', minutes: 8000, tasks: 200 })]
    const { reasons } = plan({ ...snapshot, work }).flows.find(({ to }) => to === 'near') ?? {}
    expect(reasons).toMatchObject({ toDaysBefore: 5.3, ofClass: { fromDaysBefore: 20, toDaysBefore: 1 } })
    const sent = reasons?.ofClass?.toDaysAfter ?? 0
    expect(sent).toBeGreaterThan(1)
  })

  it('reckon the queue of those able by the hands of the days known, when none of them are at work today', () => {
    const pools = ['jam', 'next', 'far'].map((office) => makePool(office))
    const away = makePool('near', { minutesPerDay: 0, minutesByDay: [0, 400] })
    const { reasons } = plan(makeSmall([], { pools: [...pools, away] })).flows.find(({ to }) => to === 'near') ?? {}
    expect(reasons).toMatchObject({ toDaysBefore: null, ofClass: { fromDaysBefore: 20, toDaysBefore: 3 } })
    expect(reasons?.ofClass?.toDaysAfter).toBeGreaterThan(3)
  })

  it('name a limit that is used up where it alone kept work away', () => {
    const planned = plan(makeSmall([{ id: 'cap', kind: 'shareIn', scope: { office: 'near' }, max: 0.5 }]))
    const far = planned.flows.find(({ to }) => to === 'far')
    expect(far?.reasons.alternatives).toContainEqual({ office: 'near', why: 'shareIn', rule: 'cap' })
    expect(planned.flows.find(({ to }) => to === 'near')?.reasons.rules).toEqual(['cap'])
  })

  it('count no protected work, so that nobody can find it by subtraction', () => {
    const plain = makeSmall()
    const hidden = makeRow({ office: 'jam', protected: true, minutes: 4000, tasks: 100 })
    const secret = makeSmall([], { work: [...plain.work, hidden, { ...hidden, office: 'near' }] })
    const [open, closed] = [plan(plain), plan(secret)]
    expect(closed.flows).toEqual(open.flows)
    expect(explain(closed, secret, toInJam, 'en')).toEqual(explain(open, plain, toInJam, 'en'))
  })

  it('say that nobody at home could do it', () => {
    const snapshot = makeSmall([], { pools: [makePool('near')], work: [makeRow({ office: 'jam' })] })
    expect(plan(snapshot).flows[0]?.reasons).toMatchObject({ saving: null, fromDaysBefore: null, fromDaysAfter: null })
  })
})

describe('explain', () => {
  it('tells of moved and staying work in Finnish, Swedish and English', () => {
    const snapshot = makeSmall([{ id: 'no-far', kind: 'import', scope: { office: 'far' }, allow: false }])
    const planned = plan(snapshot)
    expect(explain(planned, snapshot, toInJam, 'fi').join('\n')).toMatch(
      /Toimistosta jam siirretään toimistoon near .*\n.*jono on 20 työpäivää[\s\S]*osaavat tämän työn, jono on 1 työpäivää[\s\S]*Ei toimistoon far: .*\(sääntö no-far\)[\s\S]*Toimistoon jam jää työtä/,
    )
    expect(explain(planned, snapshot, toInJam, 'sv').join('\n')).toContain('Inte till byrå far')
    expect(explain(planned, snapshot, toInJam, 'en').join('\n')).toContain('Not to office far: taking in is closed')
  })

  it('says in words that nobody is at work today, and that nobody can do it on the days known', () => {
    const away = makePool('near', { minutesPerDay: 0, minutesByDay: [0, 400] })
    const snapshot = makeSmall([], { pools: [away], work: [makeRow({ office: 'jam' })] })
    const said = explain(plan(snapshot), snapshot, toInJam, 'en')
    expect(said).toContain('Nobody at office near has working time today.')
    expect(said).toContain('Nobody at office jam can do this work on the days known.')
    expect(said.join('\n')).toMatch(/those at office near able to do this work the queue is 0 working days/)
    for (const language of ['fi', 'sv'] as const)
      expect(explain(plan(snapshot), snapshot, toInJam, language).join('\n')).not.toMatch(/null|loputon|oändligt/)
  })

  it('tells nothing of work under protection to who asks about other work, nor the other way round', () => {
    const secret = makeSmall([], {
      work: [makeRow({ office: 'jam' }), makeRow({ office: 'jam', protected: true, minutes: 77 })],
    })
    const planned = plan(secret)
    expect(planned.stuck).toMatchObject([{ protected: true }])
    expect(explain(planned, secret, toInJam, 'en').join('\n')).not.toMatch(/77|disclosure/)
    expect(explain(planned, secret, { ...toInJam, protected: true }, 'en')).toEqual([
      'Office jam has 77 minutes of work (benefit TO, language fi) that nobody may do: nobody is cleared for work under a non-disclosure order.',
    ])
  })

  it('tells why work cannot leave, and why stuck work is stuck', () => {
    const closed = makeSmall([{ id: 'shut', kind: 'export', scope: { office: 'jam' }, allow: false }])
    expect(explain(plan(closed), closed, toInJam, 'en')).toContain(
      'The work cannot leave: sending is closed (rule shut).',
    )
    const lacking = makeSmall([], { work: [makeRow({ office: 'jam', benefit: 'KH' })] })
    expect(explain(plan(lacking), lacking, { ...toInJam, benefit: 'KH' }, 'fi')).toEqual([
      'Toimistossa jam on työtä 400 minuuttia (etuus KH, kieli fi), jota kukaan ei saa tehdä: etuuden osaajaa ei ole.',
    ])
    expect(explain(plan(lacking), lacking, toInJam, 'sv')).toEqual([
      'Vid byrå jam finns inget öppet arbete (förmån TO, språk fi).',
    ])
  })
})
