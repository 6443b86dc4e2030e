import type { ApplicationState, ApplicationTask } from '@tasain/contracts'
import { showDate } from '../shell/language/format.ts'
import type { ShellTexts } from '../shell/texts.fi.ts'
import type { ClerkTexts } from './texts.fi.ts'

type Standing = { state: ApplicationState; task: ApplicationTask | null }

/** How an application stands, in words: at intake until it is handed over and known by whom it is from, then as its case does. */
export function nameStanding({ state, task }: Standing, t: ClerkTexts['standing'], shell: ShellTexts): string {
  if (task?.state === 'decided') return t.decided(task.decidedAt === null ? '' : showDate(task.decidedAt))
  if (task === null || (task.state === 'open' && state !== 'handed_over')) return shell.applicationStates[state]
  return t[task.state]
}

/** Whether the case is at its end, so that nothing of the application is changed any more. */
export function isClosed({ task }: Pick<Standing, 'task'>): boolean {
  return task?.state === 'decided' || task?.state === 'withdrawn'
}
