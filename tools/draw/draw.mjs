// Draws the demo edition's pictures: `tools/draw/draw FOLDER [NAME …]` writes
// each scene (all without names) as a JPEG of 1600 × 1067 pixels (portraits: 800 × 800).
import { mkdirSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { HEIGHT, WIDTH, picture } from './ink.mjs'

const { chromium } = createRequire(`${process.env.NODE_PATH ?? process.cwd()}/`)('@playwright/test')
const [folder, ...names] = process.argv.slice(2)
if (!folder) {
  console.error('usage: tools/draw/draw FOLDER [NAME …]')
  process.exit(2)
}
mkdirSync(folder, { recursive: true })
const here = new URL('./scenes/', import.meta.url)
const scenes = readdirSync(here).filter(f => f.endsWith('.mjs')).map(f => f.slice(0, -4))
const missing = names.filter(name => !scenes.includes(name))
if (missing.length) {
  console.error(`there is no scene ${missing.join(', ')}`)
  process.exit(2)
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb'],
})
for (const name of names.length ? names : scenes) {
  const { draw, width = WIDTH, height = HEIGHT } = await import(new URL(`${name}.mjs`, here))
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: 1 })
  await page.setContent(`<body style="margin:0">${picture(draw, width, height)}`)
  const type = process.env.PNG ? 'png' : 'jpeg'
  await page.screenshot({ path: join(folder, `${name}.${type === 'png' ? 'png' : 'jpg'}`), type, ...(type === 'jpeg' && { quality: 72 }) })
  await page.close()
  console.log(name)
}
await browser.close()
