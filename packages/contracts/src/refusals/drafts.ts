import type { Refusals } from './refusal.ts'

/** What keeps a draft from being stored. */
export const draftRefusals = {
  'draft.newer': {
    status: 409,
    fi: 'Tästä on uudempi luonnos toisessa ikkunassa. Valitse, kumpi jää.',
    sv: 'Det finns ett nyare utkast i ett annat fönster. Välj vilket som ska behållas.',
    en: 'There is a newer draft of this in another window. Choose which one stays.',
  },
  'draft.too_large': {
    status: 413,
    fi: 'Luonnos on liian pitkä tallennettavaksi. Lyhennä tekstiä.',
    sv: 'Utkastet är för långt för att sparas. Förkorta texten.',
    en: 'The draft is too long to be stored. Shorten the text.',
  },
} as const satisfies Refusals
