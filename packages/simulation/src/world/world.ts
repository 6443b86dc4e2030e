import type { PlanOffice, PlanRule, PlanSnapshot } from '@tasain/contracts'
import type { ComingRate } from '@tasain/levelling'
import type { Calendar } from './calendar.ts'

/**
 * All tasks of a run in the order they come in, one typed array each. Days are numbers of working days unless said
 * otherwise. What happens to them is kept by the judge; this is what fate has in store.
 */
export type Tasks = {
  count: number
  /** When it can first be worked on, and the calendar day it arrived, from the calendar's start. */
  arrived: Int32Array
  arrivedOn: Int32Array
  /** The last day it may be decided on without being past due. */
  due: Int32Array
  home: Uint16Array
  benefit: Uint8Array
  language: Uint8Array
  /** 1: only cleared handlers. */
  guarded: Uint8Array
  /** 1: may not be sent. */
  pinned: Uint8Array
  /** Effort minutes, as they will turn out. */
  minutes: Float32Array
  /** Working days the papers take that are asked for at the first look; 0 = complete. */
  papers: Uint8Array
  /** Working days to the new due date that the papers set; 0 = they set none. */
  renewal: Uint8Array
}

/** Handlers alike in one office. Minutes by working day: as they will be there, and as was to be expected before. */
export type WorldPool = {
  office: number
  benefits: Uint8Array
  languages: Uint8Array
  cleared: boolean
  minutes: Float64Array
  expected: Float64Array
}

/** An office closed on working days `from` to `to`, both included; known to nobody before. */
export type Closure = { office: number; from: number; to: number }

export type World = {
  calendar: Calendar
  offices: PlanOffice[]
  /** `minutes`: mean effort, all that a planner knows of it. */
  benefits: { id: string; minutes: number }[]
  languages: string[]
  pools: WorldPool[]
  closures: Closure[]
  tasks: Tasks
  rules: readonly PlanRule[]
  /** What comes in a day, where that is known; else it is learned as it comes. */
  rates?: readonly ComingRate[]
  costs: PlanSnapshot['costs']
  /** What counts more in lateness, and what limits have spent before the first day, when known. */
  weights?: PlanSnapshot['benefits']
  used?: PlanSnapshot['used']
}

export function makeTasks(count: number): Tasks {
  return {
    count,
    arrived: new Int32Array(count),
    arrivedOn: new Int32Array(count),
    due: new Int32Array(count),
    home: new Uint16Array(count),
    benefit: new Uint8Array(count),
    language: new Uint8Array(count),
    guarded: new Uint8Array(count),
    pinned: new Uint8Array(count),
    minutes: new Float32Array(count),
    papers: new Uint8Array(count),
    renewal: new Uint8Array(count),
  }
}
