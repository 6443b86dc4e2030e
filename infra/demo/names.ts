import type { Language } from '@tasain/vocabulary'
import { pick, type Random } from './random.ts'

const first: Readonly<Record<Language, string>> = {
  fi: `Aino Aleksi Anneli Antti Eero Eeva Elina Emilia Hannele Heikki Helena Iida Ilmari Jari Johanna Juha Juhani Kaarina
    Kalle Katja Kirsi Lauri Leena Maija Marja Markku Matti Mika Minna Niina Olavi Outi Paavo Pekka Pirkko Päivi Raimo Riitta
    Saara Sami Satu Seppo Sini Tapio Teemu Terhi Timo Tuomas Ulla Väinö`,
  sv: `Agneta Anders Anna Astrid Birgitta Carl Christer Ellen Elsa Erik Eva Fredrik Greta Gunnar Gun-Britt Gustav Hanna Henrik
    Ida Inger Jan-Erik Johan Kaj Karin Kerstin Kristina Lars Lena Magnus Maj-Lis Margareta Nils Ole Per Rolf Siv Sofia Stefan
    Sven Ulrika Viveka Åsa`,
}
const last: Readonly<Record<Language, string>> = {
  fi: `Aalto Ahonen Anttila Eskelinen Hakala Heinonen Hiltunen Hirvonen Hyvönen Hämäläinen Jokinen Järvinen Kallio Karjalainen
    Karppinen Kettunen Kinnunen Koivisto Korhonen Koskinen Laaksonen Lahtinen Laine Lehtonen Leinonen Lindroos Manninen Mattila
    Miettinen Mäkelä Mäkinen Nieminen Nurmi Ojala Partanen Peltonen Pitkänen Rantanen Ruotsalainen Saarinen Salminen
    Savolainen Seppälä Toivonen Tuominen Turunen Uusitalo Virtanen Väisänen Ylönen`,
  sv: `Ahlskog Andersson Backman Berg Björklund Blomqvist Bäck Eklund Engström Enholm Fagerholm Forsblom Granholm Grönroos Gustafsson
    Haglund Holmberg Häggblom Jansson Johansson Karlsson Kronqvist Lindberg Lindström Lundqvist Mattsson Nordström Nyberg
    Nylund Nyman Rosenlund Sandström Sjöblom Smeds Snellman Ström Sundqvist Söderlund Wikström Österberg`,
}
const given = splitNames(first)
const family = splitNames(last)

/** A made-up name usual among speakers of the language. */
export function drawName(random: Random, language: Language): string {
  return `${pick(random, given[language])} ${pick(random, family[language])}`
}

function splitNames(names: Readonly<Record<Language, string>>): Record<Language, string[]> {
  return { fi: names.fi.split(/\s+/), sv: names.sv.split(/\s+/) }
}
