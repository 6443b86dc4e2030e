import type { Person } from './people.ts'

export type PageLanguage = Person['language']

const words = {
  fi: {
    title: 'Kehityskirjautuminen',
    lead: 'Tasainin kehitys- ja esittelykäyttö: valitse, kenenä jatkat. Henkilöt ovat keksittyjä.',
    other: 'På svenska',
    office: 'toimisto',
    lost: 'Kirjautuminen on vanhentunut tai aloitettu toisessa ikkunassa.',
    back: 'Aloita uudelleen',
    roles: {
      clerk: 'Asiakirjatyö',
      handler: 'Käsittelijät',
      manager: 'Esimiehet',
      auditor: 'Tarkastajat',
      admin: 'Ylläpitäjät',
    },
  },
  sv: {
    title: 'Inloggning för utveckling',
    lead: 'Tasain för utveckling och visning: välj vem du fortsätter som. Personerna är påhittade.',
    other: 'Suomeksi',
    office: 'byrå',
    lost: 'Inloggningen har gått ut eller påbörjats i ett annat fönster.',
    back: 'Börja om',
    roles: {
      clerk: 'Dokumentarbete',
      handler: 'Handläggare',
      manager: 'Chefer',
      auditor: 'Granskare',
      admin: 'Administratörer',
    },
  },
} satisfies Record<PageLanguage, unknown>

const style = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1.5rem; color: #1a1a1a; background: #fff }
  header { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem }
  h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem }
  ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem }
  button { font: inherit; width: 100%; text-align: left; padding: .7rem 1rem; color: inherit; background: #f2f5f9;
    border: 2px solid #44648a; border-radius: .4rem; cursor: pointer }
  button:hover { background: #dde7f3 } button small { display: block; color: #3d3d3d }
  a { color: #0b4a94 } :focus-visible { outline: 3px solid #0b4a94; outline-offset: 2px }`

/** The page on which one chooses who to be: a button for each person under the heading of their role. */
export function renderChoice(people: readonly Person[], language: PageLanguage, action: string): string {
  const { title, lead, other, office, roles } = words[language]
  const otherLanguage = language === 'fi' ? 'sv' : 'fi'
  const groups = Object.entries(roles).map(([role, heading]) => {
    const members = people.filter((person) => person.roles[0] === role)
    if (members.length === 0) return ''
    const items = members.map((person) => renderPerson(person, office))
    return `<section aria-labelledby="${role}"><h2 id="${role}">${escapeHtml(heading)}</h2><ul>${items.join('')}</ul></section>`
  })
  return renderPage(
    language,
    title,
    `<header><h1>${title}</h1><a href="?language=${otherLanguage}" lang="${otherLanguage}" hreflang="${otherLanguage}">${other}</a></header>
     <p>${lead}</p><form method="post" action="${escapeHtml(action)}">${groups.join('')}</form>`,
  )
}

/** What one sees when there is no sign-in to continue. */
export function renderLost(language: PageLanguage, deskUrl: string): string {
  const { title, lost, back } = words[language]
  return renderPage(
    language,
    title,
    `<h1>${title}</h1><p>${lost}</p><p><a href="${escapeHtml(deskUrl)}">${back}</a></p>`,
  )
}

function renderPerson({ subject, name, officeId, language }: Person, office: string): string {
  const place = [officeId === null ? '' : `${office} ${officeId}`, language].filter(Boolean).join(', ')
  return `<li><button name="person" value="${escapeHtml(subject)}">${escapeHtml(name)}<small>${escapeHtml(place)}</small></button></li>`
}

function renderPage(language: PageLanguage, title: string, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – Tasain</title>
    <style>${style}</style></head><body><main>${body}</main></body></html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
