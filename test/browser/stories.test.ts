import { tellBatch } from './batch.story.ts'
import { tellClosed } from './closed.story.ts'
import { tellCuts } from './cuts.story.ts'
import { tellDrafts } from './drafts.story.ts'
import { tellFirstLoad } from './first-load.story.ts'
import { tellForms } from './forms.story.ts'
import { tellImpartiality } from './impartial.story.ts'
import { tellManager, tellWorkWithoutPapers } from './manager.story.ts'
import { tellPaper } from './paper.story.ts'
import { tellBadDays, tellRights } from './refusals.story.ts'
import { tellRoles } from './roles.story.ts'
import { tellRules } from './rules.story.ts'
import { describeInBrowser } from './visitor.ts'
import { tellWaiting } from './waiting.story.ts'
import { openWorld } from './world.ts'

// All stories share one running product, since starting it takes as long as telling one of them. Those with a nation full
// of work come last: a handler would be given that work first.
describeInBrowser('the desk in a real browser', () => {
  const world = openWorld()
  tellPaper(world)
  tellClosed(world)
  tellBatch(world)
  tellRights(world)
  tellFirstLoad(world)
  tellBadDays(world)
  tellDrafts(world)
  tellRoles(world)
  tellManager(world)
  tellRules(world)
  tellWaiting(world)
  tellWorkWithoutPapers(world)
  tellForms(world)
  tellCuts(world)
  tellImpartiality(world)
})
