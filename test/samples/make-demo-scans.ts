/** Draws the demo scans the product shows itself with: `node test/samples/make-demo-scans.ts`. Nobody in them is real. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { type Damage, profiles } from './damage.ts'
import { drawForm } from './form.ts'

const folder = new URL('../../infra/demo/scans/', import.meta.url)
const light: Damage = { ...profiles.office, noise: 1.5, quality: 45 }
const orders: readonly { layout: string; damage: Damage; postal: string }[] = [
  { layout: 'support-fi', damage: light, postal: '00530 Helsinki' },
  { layout: 'support-fi', damage: profiles.fax, postal: '33100 Tampere' },
  { layout: 'support-fi', damage: { ...light, skew: -1.4 }, postal: '90100 Oulu' },
  { layout: 'sickness-fi', damage: light, postal: '70100 Kuopio' },
  { layout: 'sickness-fi', damage: profiles.fax, postal: '15110 Lahti' },
  { layout: 'sickness-fi', damage: { ...light, turned: 180 }, postal: '60100 Seinäjoki' },
  { layout: 'housing-sv', damage: light, postal: '65100 Vasa' },
  { layout: 'housing-sv', damage: profiles.fax, postal: '10600 Ekenäs' },
  { layout: 'housing-sv', damage: { ...profiles.coarse, noise: 1.5 }, postal: '22100 Mariehamn' },
  { layout: 'child-sv', damage: light, postal: '68600 Jakobstad' },
  { layout: 'child-sv', damage: { ...profiles.fax, skew: -0.9 }, postal: '06100 Borgå' },
  { layout: 'child-sv', damage: { ...light, turned: 90 }, postal: '20100 Åbo' },
]
const endings: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/tiff': 'tif' }

mkdirSync(folder, { recursive: true })
for (const old of readdirSync(folder)) rmSync(new URL(old, folder))
for (const [index, { layout, damage, postal }] of orders.entries()) {
  const { bytes, mediaType, truth } = await drawForm({ layout, seed: 2026_000 + index, damage, answers: { postal } })
  const number = String(index + 1).padStart(2, '0')
  const name = `${number}-${truth.formCode.toLowerCase().replace(' ', '')}.${endings[mediaType]}`
  writeFileSync(new URL(name, folder), bytes)
}
