import type { Language } from '@tasain/vocabulary'
import { fi as adminFi } from '../../services/desk/web/admin/texts.fi.ts'
import { sv as adminSv } from '../../services/desk/web/admin/texts.sv.ts'
import { fi as clerkFi } from '../../services/desk/web/clerk/texts.fi.ts'
import { sv as clerkSv } from '../../services/desk/web/clerk/texts.sv.ts'
import { fi as handlerFi } from '../../services/desk/web/handler/texts.fi.ts'
import { sv as handlerSv } from '../../services/desk/web/handler/texts.sv.ts'
import { fi as managerFi } from '../../services/desk/web/manager/texts.fi.ts'
import { sv as managerSv } from '../../services/desk/web/manager/texts.sv.ts'
import { fi as shellFi } from '../../services/desk/web/shell/texts.fi.ts'
import { sv as shellSv } from '../../services/desk/web/shell/texts.sv.ts'

const fi = { shell: shellFi, admin: adminFi, clerk: clerkFi, handler: handlerFi, manager: managerFi }
export type Words = typeof fi

/** What the pages say, by language. */
export const words: Record<Language, Words> = {
  fi,
  sv: { shell: shellSv, admin: adminSv, clerk: clerkSv, handler: handlerSv, manager: managerSv },
}
