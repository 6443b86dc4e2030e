import type { PlanReasons, RecallReason, TaskState } from '@tasain/contracts'
import { explain } from '@tasain/levelling'
import type { Benefit, Language, UiLanguage } from '@tasain/vocabulary'
import type { PlanRecord } from '../routing/plan.store.ts'

/** A task as its whereabouts are explained. */
export type ToldTask = {
  homeOffice: string
  office: string
  benefit: Benefit
  language: Language
  minutes: number
  state: TaskState
  identified: boolean
  pinned: boolean
  movable: boolean
  restricted: boolean
}
export type ToldMove = { from: string; to: string } & (
  | { cause: 'plan'; reasons: PlanReasons }
  | { cause: 'recall'; why: RecallReason }
  | { cause: 'person'; by: string; reason: string }
)

type Words = {
  home: (office: string) => string
  away: (home: string, office: string) => string
  recalled: Record<RecallReason, (from: string, to: string) => string>
  byHand: (from: string, to: string, by: string, reason: string) => string
  unidentified: string
  held: string
  awaiting: string
  over: string
  begun: string
  putHere: string
  sentOnce: string
}

const words: Record<UiLanguage, Words> = {
  fi: {
    home: (office) => `Tehtävä on kotitoimistossaan, toimistossa ${office}.`,
    away: (home, office) => `Tehtävän kotitoimisto on ${home}, ja se on nyt toimistossa ${office}.`,
    recalled: {
      not_started: (from, to) =>
        `Toimistossa ${from} työtä ei aloitettu ajoissa ja kotitoimiston jono oli lyhyempi, joten se palautettiin toimistoon ${to}.`,
      receiver_closed: (from, to) =>
        `Toimistossa ${from} ei ollut ketään, joka voisi tehdä työn, joten se palautettiin toimistoon ${to}.`,
    },
    byHand: (from, to, by, reason) => `${by} siirsi tehtävän toimistosta ${from} toimistoon ${to}: ${reason}`,
    unidentified: 'Hakijaa ei ole vielä tunnistettu, joten tehtävä odottaa siellä, missä se skannattiin.',
    held: 'Tehtävä on käsittelijällä, joten sitä ei siirretä.',
    awaiting: 'Tehtävä odottaa hakijan selvitystä, joten sitä ei siirretä.',
    over: 'Tehtävä on päättynyt.',
    begun: 'Tehtävä on osittain käsitelty, joten se pysyy tässä toimistossa.',
    putHere: 'Tehtävä on siirretty tänne käsin, joten se pysyy tässä toimistossa.',
    sentOnce: 'Tehtävä on jo siirretty kerran, joten sitä ei enää siirretä automaattisesti.',
  },
  sv: {
    home: (office) => `Uppgiften finns vid sin hembyrå, byrå ${office}.`,
    away: (home, office) => `Uppgiftens hembyrå är ${home}, och den finns nu vid byrå ${office}.`,
    recalled: {
      not_started: (from, to) =>
        `Vid byrå ${from} påbörjades arbetet inte i tid och hembyråns kö var kortare, så det återkallades till byrå ${to}.`,
      receiver_closed: (from, to) =>
        `Vid byrå ${from} fanns ingen som kunde göra arbetet, så det återkallades till byrå ${to}.`,
    },
    byHand: (from, to, by, reason) => `${by} flyttade uppgiften från byrå ${from} till byrå ${to}: ${reason}`,
    unidentified: 'Sökanden är inte identifierad ännu, så uppgiften väntar där den skannades.',
    held: 'En handläggare har uppgiften, så den flyttas inte.',
    awaiting: 'Uppgiften väntar på utredning från sökanden, så den flyttas inte.',
    over: 'Uppgiften är avslutad.',
    begun: 'Uppgiften är delvis handlagd, så den stannar vid den här byrån.',
    putHere: 'Uppgiften är flyttad hit för hand, så den stannar vid den här byrån.',
    sentOnce: 'Uppgiften har redan överförts en gång, så den överförs inte längre automatiskt.',
  },
  en: {
    home: (office) => `The task is at its home office, ${office}.`,
    away: (home, office) => `The home office of the task is ${home}, and it is now at ${office}.`,
    recalled: {
      not_started: (from, to) =>
        `At ${from} the work was not started in time and the queue at home was shorter, so it was called back to ${to}.`,
      receiver_closed: (from, to) => `At ${from} nobody was able to do the work, so it was called back to ${to}.`,
    },
    byHand: (from, to, by, reason) => `${by} moved the task from ${from} to ${to}: ${reason}`,
    unidentified: 'The applicant is not identified yet, so the task waits where it was scanned.',
    held: 'A handler has the task, so it is not moved.',
    awaiting: 'The task awaits information from the applicant, so it is not moved.',
    over: 'The task is over.',
    begun: 'The task is partly handled, so it stays at this office.',
    putHere: 'The task was moved here by hand, so it stays at this office.',
    sentOnce: 'The task has been sent on once, so it is not sent again automatically.',
  },
}

/**
 * Why a task is where it is: every move with its reasons, then what keeps it, or what the last plan made of its kind (a
 * plan is needed only when the task may move). `names`: what places, rules, benefits and languages are called, by id.
 */
export function explainTask(
  task: ToldTask,
  moves: readonly ToldMove[],
  plan: PlanRecord | undefined,
  names: ReadonlyMap<string, string>,
  language: UiLanguage,
): string[] {
  const t = words[language]
  const [home, office] = [task.homeOffice, task.office].map((id) => names.get(id) ?? id)
  const where = home === office ? t.home(home ?? '') : t.away(home ?? '', office ?? '')
  const stays = findHindrance(task, moves.at(-1), t)
  const told = moves.flatMap((move) => explainMove(task, move, names, language))
  if (stays !== undefined) return [where, ...told, stays]
  const planned = plan ? explain(plan.plan, plan.snapshot, { ...task, protected: task.restricted }, language) : []
  return [where, ...told, ...planned.map((sentence) => nameIds(sentence, names))]
}

function findHindrance(
  { state, identified, pinned, movable }: ToldTask,
  lastMove: ToldMove | undefined,
  t: Words,
): string | undefined {
  if (movable) return undefined
  if (state === 'decided' || state === 'withdrawn') return t.over
  if (state === 'awaiting_information') return t.awaiting
  if (state === 'claimed') return t.held
  if (!identified) return t.unidentified
  if (lastMove?.cause === 'person') return t.putHere
  return pinned ? t.begun : t.sentOnce
}

function explainMove(
  task: ToldTask,
  move: ToldMove,
  names: ReadonlyMap<string, string>,
  language: UiLanguage,
): string[] {
  const { from, to } = move
  const [giver = from, taker = to] = [names.get(from), names.get(to)]
  if (move.cause === 'recall') return [words[language].recalled[move.why](giver, taker)]
  if (move.cause === 'person') return [words[language].byHand(giver, taker, move.by, move.reason)]
  const { benefit, language: spoken, minutes, restricted } = task
  const kind = { benefit, language: spoken, slackDays: 0, protected: restricted, minutes }
  const sent = { flows: [{ ...kind, from, to, reasons: move.reasons }], stuck: [] }
  const work = [{ ...kind, office: from, tasks: 1 }]
  const alone = { version: 1 as const, at: '', offices: [], pools: [], work, rules: [] }
  const sentences = explain(sent, alone, { office: from, benefit, language: spoken, protected: restricted }, language)
  return sentences.map((sentence) => nameIds(sentence, names))
}

/** Puts names for the ids in a sentence; an id stands as a word of its own. */
function nameIds(sentence: string, names: ReadonlyMap<string, string>): string {
  return sentence.replace(/[\p{L}\p{N}@_-]+/gu, (word) => names.get(word) ?? word)
}
