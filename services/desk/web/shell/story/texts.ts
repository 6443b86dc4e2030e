import type { decide, RecallReason, returnTask, TaskStory } from '@tasain/contracts'
import type { Language } from '@tasain/vocabulary'
import type * as z from 'zod'

export type StoryTexts = {
  heading: string
  by: (name: string) => string
  to: (office: string) => string
  deadline: (date: string) => string
  steps: Record<TaskStory['steps'][number]['kind'], string>
  outcomes: Record<z.output<typeof decide>['outcome'], string>
  returnReasons: Record<z.output<typeof returnTask>['reason'], string>
  recallReasons: Record<RecallReason, string>
}

const fi: StoryTexts = {
  heading: 'Miksi tehtävä on täällä',
  by: (name) => `tekijä ${name}`,
  to: (office) => `→ ${office}`,
  deadline: (date) => `määräaika ${date}`,
  steps: {
    received: 'Vastaanotettu',
    identified: 'Hakija tunnistettu',
    moved: 'Siirretty',
    recalled: 'Palautettu kotitoimistoon',
    claimed: 'Otettu käsittelyyn',
    lease_lost: 'Varaus päättyi',
    returned: 'Palautettu jonoon',
    information_requested: 'Lisäselvitystä pyydetty',
    recused: 'Esteellisyys ilmoitettu',
    decided: 'Ratkaistu',
    withdrawn: 'Peruttu',
  },
  outcomes: {
    granted: 'Myönnetään',
    partly_granted: 'Myönnetään osittain',
    rejected: 'Hylätään',
    dismissed: 'Jätetään tutkimatta',
  },
  returnReasons: {
    missing_skill: 'Ei osaamista tähän',
    language: 'Kieli',
    unclear: 'Asia on epäselvä',
    out_of_time: 'Työaika loppuu',
    other: 'Muu syy',
  },
  recallReasons: {
    not_started: 'Työtä ei aloitettu ajoissa vastaanottavassa toimistossa.',
    receiver_closed: 'Vastaanottavassa toimistossa ei ole ketään, joka voisi tehdä työn.',
  },
}

const sv: StoryTexts = {
  heading: 'Varför uppgiften är här',
  by: (name) => `av ${name}`,
  to: (office) => `→ ${office}`,
  deadline: (date) => `tidsfrist ${date}`,
  steps: {
    received: 'Mottagen',
    identified: 'Sökanden identifierad',
    moved: 'Överförd',
    recalled: 'Återkallad till hembyrån',
    claimed: 'Tagen till behandling',
    lease_lost: 'Reservationen gick ut',
    returned: 'Återsänd till kön',
    information_requested: 'Tilläggsutredning begärd',
    recused: 'Jäv anmält',
    decided: 'Avgjord',
    withdrawn: 'Återtagen',
  },
  outcomes: {
    granted: 'Beviljas',
    partly_granted: 'Beviljas delvis',
    rejected: 'Avslås',
    dismissed: 'Avvisas',
  },
  returnReasons: {
    missing_skill: 'Saknar kunskap för detta',
    language: 'Språk',
    unclear: 'Ärendet är oklart',
    out_of_time: 'Arbetstiden tar slut',
    other: 'Annan orsak',
  },
  recallReasons: {
    not_started: 'Arbetet påbörjades inte i tid vid den mottagande byrån.',
    receiver_closed: 'Vid den mottagande byrån finns ingen som kan göra arbetet.',
  },
}

/** What the story of a task is told in. */
export const storyTexts: Readonly<Record<Language, StoryTexts>> = { fi, sv }
