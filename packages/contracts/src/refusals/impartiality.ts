import type { Refusals } from './refusal.ts'

/** Conflicts of interest and own staff. */
export const impartialityRefusals = {
  'person.wrong_hetu': {
    status: 422,
    fi: 'Henkilötunnus ei täsmää: tarkistusmerkki tai syntymäaika on väärin. Tarkista tunnus ja kirjoita se uudelleen.',
    sv: 'Personbeteckningen stämmer inte: kontrolltecknet eller födelsedatumet är fel. Kontrollera och skriv den på nytt.',
    en: 'The identity code does not add up: its check character or birth date is wrong. Check it and write it again.',
  },
  'conflict.already_declared': {
    status: 409,
    fi: 'Olet jo ilmoittanut olevasi esteellinen tämän henkilön asioissa. Ilmoitus on luettelossa.',
    sv: 'Du har redan anmält att du är jävig i den här personens ärenden. Anmälan finns i listan.',
    en: 'You have already declared a conflict of interest with this person. It stands in the list.',
  },
  'conflict.already_ended': {
    status: 409,
    fi: 'Esteellisyysilmoitus on jo päätetty. Päivitä luettelo.',
    sv: 'Jävsanmälan har redan avslutats. Uppdatera listan.',
    en: 'This conflict of interest has already been ended. Refresh the list.',
  },
  'staff.already_registered': {
    status: 409,
    fi: 'Henkilö on jo merkitty omaan henkilöstöön. Päätä vanha merkintä ennen uutta, jos toimisto on vaihtunut.',
    sv: 'Personen är redan antecknad som egen personal. Avsluta den gamla anteckningen före en ny om byrån har bytts.',
    en: 'This person is already registered as own staff. End that entry before a new one if the office has changed.',
  },
  'staff.already_ended': {
    status: 409,
    fi: 'Merkintä on jo päätetty. Päivitä luettelo.',
    sv: 'Anteckningen har redan avslutats. Uppdatera listan.',
    en: 'This entry has already been ended. Refresh the list.',
  },
  'staff.unknown_office': {
    status: 422,
    fi: 'Toimistoa ei ole. Valitse toimisto luettelosta.',
    sv: 'Det finns ingen sådan byrå. Välj byrån ur listan.',
    en: 'There is no such office. Choose it from the list.',
  },
  'staff.not_your_district': {
    status: 403,
    fi: 'Toimisto ei kuulu piiriisi. Pyydä sen piirin johtajaa tai pääkäyttäjää tekemään merkintä.',
    sv: 'Byrån hör inte till ditt distrikt. Be det distriktets direktör eller en administratör göra anteckningen.',
    en: 'The office is not in your district. Ask that district’s manager or an administrator to make the entry.',
  },
} as const satisfies Refusals
