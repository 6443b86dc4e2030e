import type { Refusals } from './refusal.ts'

/** Balancer: tasks, handlers, and the rules by which work moves. */
export const taskRefusals = {
  'task.not_held': {
    status: 409,
    fi: 'Tehtävä ei ole enää sinulla: varauksesi on päättynyt tai tehtävä on jo ratkaistu. Hae seuraava tehtävä.',
    sv: 'Uppgiften är inte längre din: reservationen har gått ut eller uppgiften är redan avgjord. Hämta nästa uppgift.',
    en: 'The task is no longer yours: your lease has ended or it has been decided. Fetch the next task.',
  },
  'task.deadline_too_soon': {
    status: 422,
    fi: 'Määräpäivän on oltava tulevaisuudessa ja enintään kuukauden päässä.',
    sv: 'Tidsfristen måste ligga i framtiden och högst en månad bort.',
    en: 'The deadline must be in the future and at most a month away.',
  },
  'task.not_waiting': {
    status: 409,
    fi: 'Tehtävää ei voi siirtää: se on käsittelijällä, odottaa selvitystä tai on jo ratkaistu.',
    sv: 'Uppgiften kan inte flyttas: den är hos en handläggare, väntar på utredning eller är redan avgjord.',
    en: 'The task cannot be moved: a handler has it, it awaits information, or it has been decided.',
  },
  'task.is_there': {
    status: 409,
    fi: 'Tehtävä on jo tässä toimistossa. Päivitä sivu.',
    sv: 'Uppgiften finns redan vid den här byrån. Uppdatera sidan.',
    en: 'The task is already at this office. Refresh the page.',
  },
  'task.nobody_there': {
    status: 409,
    fi: 'Toimistossa ei ole lähipäivinä ketään, joka osaa ja saa tehdä tämän työn. Valitse toinen toimisto.',
    sv: 'Vid byrån finns under de närmaste dagarna ingen som kan och får göra arbetet. Välj en annan byrå.',
    en: 'In the coming days that office has nobody who is able and allowed to do this work. Choose another office.',
  },
  'task.rule_forbids': {
    status: 409,
    fi: 'Voimassa oleva sääntö estää siirron tähän toimistoon. Valitse toinen toimisto tai muuta sääntöä.',
    sv: 'En gällande regel hindrar flytten till byrån. Välj en annan byrå eller ändra regeln.',
    en: 'A rule in force forbids moving work to that office. Choose another office or change the rule.',
  },
  'handler.unknown': {
    status: 403,
    fi: 'Sinua ei ole merkitty minkään toimiston käsittelijäksi. Pyydä esihenkilöäsi lisäämään sinut.',
    sv: 'Du är inte antecknad som handläggare vid någon byrå. Be din chef lägga till dig.',
    en: 'You are not registered as a handler of any office. Ask your manager to add you.',
  },
  'handler.absent': {
    status: 409,
    fi: 'Sinut on merkitty poissaolevaksi tänään, joten uusia tehtäviä ei jaeta. Korjaa poissaolo esihenkilösi kanssa.',
    sv: 'Du är antecknad som frånvarande i dag, så inga nya uppgifter delas ut. Rätta frånvaron med din chef.',
    en: 'You are marked as absent today, so no new tasks are handed out. Correct the absence with your manager.',
  },
  'rule.not_your_district': {
    status: 403,
    fi: 'Säännön toimisto tai piiri ei kuulu piiriisi. Ehdota sääntöä sen piirin johtajalle.',
    sv: 'Regelns byrå eller distrikt hör inte till ditt distrikt. Föreslå regeln för det distriktets direktör.',
    en: 'The office or district of this rule is not in your district. Propose it to that district’s manager.',
  },
  'rule.unknown_scope': {
    status: 422,
    fi: 'Säännön toimistoa, piiriä tai aluetta ei ole. Valitse se luettelosta.',
    sv: 'Regelns byrå, distrikt eller region finns inte. Välj den ur listan.',
    en: 'There is no such office, district or region. Choose it from the list.',
  },
  'rule.starts_in_past': {
    status: 422,
    fi: 'Sääntö ei voi alkaa menneisyydessä. Valitse alkupäiväksi tämä päivä tai myöhempi.',
    sv: 'Regeln kan inte börja i det förflutna. Välj i dag eller en senare dag.',
    en: 'A rule cannot start in the past. Choose today or a later day.',
  },
  'rule.days_are_over': {
    status: 409,
    fi: 'Version viimeinen päivä on jo mennyt, joten sitä ei voi palauttaa. Kirjoita sääntö uudestaan uusin päivin.',
    sv: 'Versionens sista dag har redan gått, så den kan inte återställas. Skriv regeln på nytt med nya dagar.',
    en: 'The last day of this version has passed, so it cannot be restored. Write the rule anew with new days.',
  },
  'rule.contradicts': {
    status: 409,
    fi: 'Sääntöä ei voi tallentaa: se on ristiriidassa muiden kanssa.',
    sv: 'Regeln kan inte sparas: den motsäger andra.',
    en: 'The rule cannot be saved: it contradicts others.',
  },
  'rule.needs_another_manager': {
    status: 409,
    fi: 'Säännön hyväksyy joku muu kuin sen laatija. Pyydä toista piirin johtajaa hyväksymään se.',
    sv: 'Regeln godkänns av någon annan än den som skrev den. Be en annan distriktsdirektör godkänna den.',
    en: 'A rule is approved by someone other than its author. Ask another district manager to approve it.',
  },
  'rule.not_draft': {
    status: 409,
    fi: 'Sääntö ei odota hyväksyntää. Päivitä luettelo.',
    sv: 'Regeln väntar inte på godkännande. Uppdatera listan.',
    en: 'This rule does not wait for approval. Refresh the list.',
  },
  'rule.changed_since': {
    status: 409,
    fi: 'Joku on muuttanut sääntöä sen jälkeen, kun avasit sen, joten muutostasi ei tallennettu. Katso säännön uusin versio ja aloita muutos siitä.',
    sv: 'Någon har ändrat regeln sedan du öppnade den, så din ändring sparades inte. Se regelns nyaste version och börja ändringen från den.',
    en: 'Somebody has changed this rule since you opened it, so your change was not saved. Look at its newest version and begin again from that.',
  },
  'rule.not_author': {
    status: 403,
    fi: 'Odottavan muutoksen voi perua vain sen ehdottaja. Pyydä häntä perumaan se.',
    sv: 'En ändring som väntar kan bara återtas av den som föreslog den. Be hen återta den.',
    en: 'A change that waits is withdrawn by whoever proposed it. Ask them to withdraw it.',
  },
  'rule.only_draft': {
    status: 409,
    fi: 'Sääntö ei ole ollut voimassa, joten sitä ei voi päättää. Peru luonnos.',
    sv: 'Regeln har inte varit i kraft och kan därför inte avslutas. Återta utkastet.',
    en: 'The rule has never been in force, so it cannot be ended. Withdraw the draft.',
  },
  'rule.already_ended': {
    status: 409,
    fi: 'Sääntö on jo päättynyt. Päivitä luettelo.',
    sv: 'Regeln har redan avslutats. Uppdatera listan.',
    en: 'This rule has already ended. Refresh the list.',
  },
} as const satisfies Refusals
