// Writes policy/calendar/CN.csv (date,kind,name) from the npm package chinese-days.
//
//   npm ci && node calendar/export.mjs            rewrites the file
//   npm ci && node calendar/export.mjs --check    fails when the file differs from the package
//
// When the State Council has decreed a new year (usually in November), raise the version in package.json, run
// `npm install --ignore-scripts`, then this, and compare the new rows with the notice on gov.cn before committing.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = dirname(createRequire(import.meta.url).resolve('chinese-days/package.json'))
const edition = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
const days = JSON.parse(readFileSync(join(folder, 'dist', 'chinese-days.json'), 'utf8'))
const output = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'policy', 'calendar', 'CN.csv')

/** "New Year's Day,元旦,1" -> "元旦" */
const chineseName = (text) => {
  const name = text.split(',')[1]
  if (!name) throw new Error(`unexpected name ${text}`)
  return name
}

const rows = [
  ...Object.entries(days.holidays).map(([date, text]) => [date, 'holiday', chineseName(text)]),
  ...Object.entries(days.workdays).map(([date, text]) => [date, 'working_day', chineseName(text)]),
].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

const text = `# Working days of the People's Republic of China as decreed each year by the General Office of the State Council.
# holiday: a day off, weekends inside a holiday included; working_day: a weekend day worked in exchange.
# Written by tools/calendar/export.mjs from the npm package chinese-days ${edition}; do not edit by hand.
# Compared with regulation P-01 (authoritative for 2019-2021): no day is decided differently. The package also lists
# six weekend days of 2019 as holidays that P-01 leaves out: 04-06, 04-07, 06-08, 06-09, 09-14, 09-15.
date,kind,name
${rows.map((row) => row.join(',')).join('\n')}
`

if (process.argv.includes('--check')) {
  if (readFileSync(output, 'utf8') !== text) {
    console.error(`${output} differs from chinese-days ${edition}; run node calendar/export.mjs`)
    process.exit(1)
  }
} else {
  writeFileSync(output, text)
}
console.log(`chinese-days ${edition}: ${rows.length} days from ${rows[0][0]} to ${rows.at(-1)[0]}`)
