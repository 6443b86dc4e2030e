import type { Migrations } from '@tasain/kit'
import * as papers from './0001-papers.ts'
import * as forms from './0002-forms.ts'
import * as textBehind from './0004-text-behind.ts'
import * as batches from './0005-batches.ts'
import * as turns from './0006-turns.ts'
import * as taskStanding from './0007-task-standing.ts'
import * as noCodeInPlain from './0008-no-code-in-plain.ts'
import * as protectionLifts from './0009-protection-lifts.ts'
import * as separatorQuestion from './0010-separator-question.ts'

/** Every step of intake's schema, in order; a step that has run anywhere is never changed. */
export const migrations: Migrations = {
  '0001-papers': papers,
  '0002-forms': forms,
  '0004-text-behind': textBehind,
  '0005-batches': batches,
  '0006-turns': turns,
  '0007-task-standing': taskStanding,
  '0008-no-code-in-plain': noCodeInPlain,
  '0009-protection-lifts': protectionLifts,
  '0010-separator-question': separatorQuestion,
}
