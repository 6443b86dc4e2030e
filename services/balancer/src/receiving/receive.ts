import type { OutgoingKind, Snapshot, TaskState } from '@tasain/contracts'
import {
  addDays,
  addWorkingDays,
  type Benefit,
  dueAfterInformation,
  dueOn,
  type IsoDate,
  isIsoDate,
} from '@tasain/vocabulary'
import type { TaskEventKind, TaskTable } from '../schema.ts'
import { longestDays, noQueue, queueKey } from './queue-key.ts'

export type ReceivedTask = Omit<TaskTable, 'received_at' | 'lease_ends_at' | 'movable'>
/** An information request of a task; `open` while its papers are awaited. */
export type Asked = { requestedOn: IsoDate; deadlineOn: IsoDate; papersOn: IsoDate | null; open: boolean }

/** Working days for which resumed work waits for the handler who asked. */
const reservedWorkingDays = 2

/** How long resumed work is kept for the handler who asked for the papers. */
export function findReservedUntil(today: IsoDate): IsoDate {
  return addWorkingDays(today, reservedWorkingDays)
}

export type Surroundings = {
  today: IsoDate
  newId: () => string
  officeNumbers: ReadonlyMap<string, number>
  minutesOf: (benefit: Benefit) => number
  /** Whether a handler may see the application: cleared when its person is under protection, and without a conflict of interest. */
  maySee: (handlerId: string, snapshot: Snapshot) => boolean
  /** Whether an office has anybody cleared who can do such work and is no colleague of its person. */
  hasCleared: (office: string, snapshot: Snapshot) => boolean
  /** Where the person of an application works when they are own staff. */
  staffOffice: (snapshot: Snapshot) => string | undefined
  /** The office nearest to that one where somebody may do such work, or undefined when there is none. */
  findOfficeForStaff: (snapshot: Snapshot) => string | undefined
}

export type Reception =
  /** The snapshot is older than what is known, or the same. */
  | { kind: 'ignored' }
  /** No office of the snapshot is known here, so there is no queue to put it in. */
  | { kind: 'homeless' }
  | {
      kind: 'changed'
      task: ReceivedTask
      events: { kind: TaskEventKind; note: string | null }[]
      /** The lease ends: withdrawn, or lost because its holder may not see what the application has turned out to be. */
      endsLease: 'withdrawn' | 'lease_lost' | null
      /** The applicant's papers came on this day. */
      papersOn: IsoDate | null
    }

/**
 * What a snapshot makes of the task that stands for its application, however late or often it comes. A claimed task stays
 * in its handler's hands and office; neither clock changes but with the facts it follows from.
 */
export function receive(
  known: ReceivedTask | undefined,
  asked: readonly Asked[],
  snapshot: Snapshot,
  around: Surroundings,
): Reception {
  if (known && known.version >= snapshot.version) return { kind: 'ignored' }
  const applied = restrictStaff(snapshot, around)
  const places = findPlaces(applied, around.officeNumbers)
  if (!places) return { kind: 'homeless' }
  if (!known) return accept(applied, places, around)
  if (known.state === 'decided' || known.state === 'withdrawn') {
    // Nothing of a task at its end changes any more, but who may see that it is there.
    const { version, restricted } = applied
    return unchanged(place({ ...known, version, restricted }, around.officeNumbers))
  }
  return update(known, asked, applied, places, around)
}

/** What the newest snapshot of an unfinished task makes of it, now that something else is known of its person. */
export function review(
  known: ReceivedTask,
  asked: readonly Asked[],
  snapshot: Snapshot,
  around: Surroundings,
): Reception {
  const applied = restrictStaff(snapshot, around)
  const places = findPlaces(applied, around.officeNumbers)
  return places ? update(known, asked, applied, places, around) : { kind: 'homeless' }
}

/**
 * An application of own staff is restricted, and at home in another office than the person's own: colleagues neither handle
 * it nor see it in lists and figures.
 */
function restrictStaff(snapshot: Snapshot, around: Surroundings): Snapshot {
  const own = around.staffOffice(snapshot)
  if (own === undefined) return snapshot
  const restricted = { ...snapshot, restricted: true }
  if (own !== snapshot.homeOffice) return restricted
  return { ...restricted, homeOffice: around.findOfficeForStaff(restricted) ?? own }
}

/** What other services are told when a snapshot makes this of a task; `before` is absent for one that is new. */
export function listTransitions(before: TaskState | undefined, after: TaskState): OutgoingKind[] {
  if (before === undefined) return after === 'withdrawn' ? ['received', 'withdrawn'] : ['received']
  if (before === after) return []
  if (after === 'withdrawn') return ['withdrawn']
  return before === 'claimed' ? ['lease_lost'] : ['resumed']
}

type Places = { home: string; scanning: string }

/** The offices of a snapshot that are known here; each stands in for the other. */
function findPlaces(snapshot: Snapshot, officeNumbers: ReadonlyMap<string, number>): Places | undefined {
  const [home, scanning] = [snapshot.homeOffice, snapshot.scanningOffice].map((office) =>
    officeNumbers.has(office) ? office : undefined,
  )
  const any = home ?? scanning
  return any === undefined ? undefined : { home: home ?? any, scanning: scanning ?? any }
}

function accept(snapshot: Snapshot, { home, scanning }: Places, around: Surroundings): Reception {
  const task: ReceivedTask = place(
    {
      ...factsOf(snapshot),
      id: around.newId(),
      due_on: dueOn(snapshot.benefit, snapshot.arrivedOn),
      minutes: around.minutesOf(snapshot.benefit),
      home_office_id: home,
      office_id: snapshot.identified ? home : scanning,
      queue_key: 0,
      state: snapshot.withdrawn ? 'withdrawn' : 'open',
      pinned: false,
      sends: 0,
      recalls: 0,
      epoch: 0,
      claimed_by: null,
      reserved_for: null,
      reserved_until_on: null,
    },
    around.officeNumbers,
  )
  const events = [{ kind: 'received' as const, note: null }]
  return {
    kind: 'changed',
    task,
    events: snapshot.withdrawn ? [...events, { kind: 'withdrawn', note: null }] : events,
    endsLease: null,
    papersOn: null,
  }
}

function update(
  known: ReceivedTask,
  asked: readonly Asked[],
  snapshot: Snapshot,
  { home, scanning }: Places,
  around: Surroundings,
): Reception {
  // A correction by a clerk resumes the work as well, but only new pages are the papers that were asked for.
  const isNews = snapshot.version > known.version
  const resumed = known.state === 'awaiting_information' && isNews && !snapshot.withdrawn
  const isAwaited = asked.some(({ open }) => open)
  const papersOn = isAwaited && snapshot.pageIds.length > known.pages ? around.today : null
  const endsLease = findLeaseEnd(known, snapshot, around)
  const state: TaskState = snapshot.withdrawn ? 'withdrawn' : resumed || endsLease ? 'open' : known.state
  const rehomed = { home, scanning: known.identified ? known.office_id : scanning }
  // Protected work is not moved by hand: left bound where nobody is cleared, it would wait for ever.
  const isBoundInVain = state === 'open' && snapshot.restricted && !around.hasCleared(known.office_id, snapshot)
  const pinned = known.pinned && !isBoundInVain
  const isReservedInVain = !around.maySee(known.reserved_for ?? '', snapshot)
  const office = chooseOffice({ ...known, pinned }, snapshot, rehomed)
  const isAmongColleagues = state !== 'claimed' && office === around.staffOffice(snapshot)
  const task = place(
    {
      ...known,
      ...factsOf(snapshot),
      due_on: findDueOn(snapshot, asked, papersOn),
      minutes: known.benefit === snapshot.benefit ? known.minutes : around.minutesOf(snapshot.benefit),
      home_office_id: home,
      office_id: isAmongColleagues ? home : office,
      pinned,
      state,
      claimed_by: state === 'claimed' ? known.claimed_by : null,
      ...(resumed && { reserved_until_on: findReservedUntil(around.today) }),
      ...(isReservedInVain && { reserved_for: null }),
    },
    around.officeNumbers,
  )
  const events: { kind: TaskEventKind; note: string | null }[] = []
  if (!known.identified && snapshot.identified) events.push({ kind: 'identified', note: null })
  if (snapshot.withdrawn) events.push({ kind: 'withdrawn', note: null })
  return { kind: 'changed', task, events, endsLease, papersOn }
}

function findLeaseEnd(known: ReceivedTask, snapshot: Snapshot, { maySee }: Surroundings) {
  if (known.state !== 'claimed') return null
  if (snapshot.withdrawn) return 'withdrawn' as const
  return maySee(known.claimed_by ?? '', snapshot) ? null : ('lease_lost' as const)
}

/** A task at its home goes where its home goes; one that was moved, pinned or taken stays where it is. */
function chooseOffice(known: ReceivedTask, snapshot: Snapshot, { home, scanning }: Places): string {
  const isFree = known.state === 'open' && known.sends === 0 && !known.pinned
  if (!isFree) return known.office_id
  if (!snapshot.identified) return scanning
  return !known.identified || known.office_id === known.home_office_id ? home : known.office_id
}

/**
 * The due date that follows from the facts. Of several information requests the last one made in time counts; one made
 * before what is now known as the arrival counts for nothing.
 */
function findDueOn(snapshot: Snapshot, asked: readonly Asked[], papersOn: IsoDate | null): IsoDate {
  const { benefit, arrivedOn } = snapshot
  const original = dueOn(benefit, arrivedOn)
  const request = asked.findLast(({ requestedOn }) => requestedOn >= arrivedOn && requestedOn <= original)
  if (benefit !== 'TO' || !request) return original
  const { requestedOn, deadlineOn } = request
  const came = request.papersOn ?? (request.open ? papersOn : null) ?? undefined
  return dueAfterInformation({ arrivedOn, requestedOn, deadlineOn, papersOn: came })
}

function factsOf(snapshot: Snapshot) {
  return {
    application_id: snapshot.applicationId,
    version: snapshot.version,
    channel: snapshot.channel,
    benefit: snapshot.benefit,
    language: snapshot.language,
    arrived_on: snapshot.arrivedOn,
    identified: snapshot.identified,
    applicant_index: snapshot.applicantIndex,
    restricted: snapshot.restricted,
    pages: snapshot.pageIds.length,
  }
}

/** Puts a task into its queue; one with dates that cannot be is nobody's, for the table takes it into no queue. */
function place(task: ReceivedTask, officeNumbers: ReadonlyMap<string, number>): ReceivedTask {
  const { arrived_on: arrived, due_on: due } = task
  const officeNumber = officeNumbers.get(task.office_id)
  const isSound = isIsoDate(arrived) && due >= arrived && due <= addDays(arrived, longestDays)
  const hasQueue = officeNumber !== undefined && isSound
  return { ...task, queue_key: hasQueue ? queueKey({ ...task, officeNumber }) : noQueue }
}

function unchanged(task: ReceivedTask): Reception {
  return { kind: 'changed', task, events: [], endsLease: null, papersOn: null }
}
