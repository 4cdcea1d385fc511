// Imports a roster with SheetJS and better-sqlite3: reads, checks, finds duplicates, encrypts, stores. Usage: import.cjs ROSTER DATABASE
//
// The checks are the program's for a sheet that is in order: see import.py.
const crypto = require('crypto')
const fs = require('fs')
const path = require('path')
const { createRequire } = require('module')
const installed = createRequire(path.join(process.env.PEIXUN_NODE_MODULES || process.cwd(), 'x.js'))
const XLSX = installed('xlsx')
const Database = installed('better-sqlite3')

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const codes = '10X98765432'
const provinces = new Set([11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83])
const invisible = /[\u200b-\u200f\u202a-\u202e\ufeff\u00a0\u3000\s'‘’`]/g
const wide = /[\uff10-\uff19\uff38\uff58]/g
const headers = ['姓名', '证件类型', '身份证号', '性别', '手机号', '组织机构', '人员类别', '职称名称', '职称级别', '学历', '工号', '备注']

class Refused extends Error {}

function clean (text) {
  return String(text ?? '').replace(invisible, '').replace(wide, c => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).toUpperCase()
}

function identity (text, today) {
  const number = clean(text)
  if (!/^\d{17}[\dX]$/.test(number)) throw new Refused('身份证号格式不对')
  if (!provinces.has(+number.slice(0, 2))) throw new Refused('身份证号省份不对')
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (number.charCodeAt(i) - 48) * weights[i]
  if (codes[sum % 11] !== number[17]) throw new Refused('身份证号校验码不对')
  const birth = number.slice(6, 10) + '-' + number.slice(10, 12) + '-' + number.slice(12, 14)
  const day = new Date(birth + 'T00:00:00Z')
  if (isNaN(day) || day.toISOString().slice(0, 10) !== birth) throw new Refused('身份证号日期不对')
  if (birth > today) throw new Refused('身份证号日期在将来')
  return [number, birth, (number.charCodeAt(16) - 48) % 2 ? '男' : '女']
}

function mobile (text) {
  const number = clean(text).replaceAll('-', '').replace(/^\+86/, '').replace(/\.0$/, '')
  if (number && !/^1[3-9]\d{9}$/.test(number)) throw new Refused('手机号不对')
  return number
}

const [roster, database] = process.argv.slice(2)
const begun = performance.now()
const today = new Date().toISOString().slice(0, 10)
const book = XLSX.read(fs.readFileSync(roster), { dense: true, cellFormula: false, cellHTML: false, cellText: false })
const rows = XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1, raw: true })
const at = headers.map(header => rows[0].indexOf(header))
const organizations = new Map([['骨科', 2], ['', 1]])
const people = []; const problems = []
const seen = new Map(); const mobiles = new Map(); const persons = new Map()
for (let line = 2; line <= rows.length; line++) {
  const values = at.map(place => rows[line - 1][place] ?? '')
  try {
    const name = String(values[0]).replace(invisible, '')
    if (!name || name.length > 50 || /[0-9#@]|合计/.test(name)) throw new Refused('姓名不对')
    const [number, birth, sex] = identity(values[2], today)
    if (values[3] && values[3] !== sex) problems.push([line, '性别与身份证号不一致'])
    const age = +today.slice(0, 4) - +birth.slice(0, 4)
    if (age < 16 || age > 75) problems.push([line, '年龄'])
    if (seen.has(number)) throw new Refused(`与第 ${seen.get(number)} 行身份证号相同`)
    seen.set(number, line)
    const phone = mobile(values[4])
    if (phone && mobiles.has(phone)) problems.push([line, '手机号重复'])
    mobiles.set(phone, line)
    const person = name + '\0' + birth
    if (persons.has(person)) problems.push([line, '同名同生日'])
    persons.set(person, number)
    const organization = organizations.get(String(values[5]).trim())
    if (!organization) throw new Refused('没有这个机构')
    people.push([name, number, sex, birth, phone, organization, values])
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused
    problems.push([line, refused.message])
  }
}
const judged = performance.now()
const sealKey = crypto.randomBytes(32); const indexKey = crypto.randomBytes(32)
function seal (value, row, column) {
  if (!value) return null
  const nonce = crypto.randomBytes(12)
  const cipher = crypto.createCipheriv('aes-256-gcm', sealKey, nonce)
  cipher.setAAD(Buffer.from(`trainee/${row}/${column}`))
  return Buffer.concat([nonce, cipher.update(String(value), 'utf8'), cipher.final(), cipher.getAuthTag()])
}
const db = new Database(database)
db.pragma('journal_mode = WAL'); db.pragma('synchronous = FULL'); db.pragma('foreign_keys = ON')
db.exec(fs.readFileSync(path.join(__dirname, 'schema.sql'), 'utf8'))
const insert = db.prepare('INSERT INTO trainee VALUES (' + Array(18).fill('?').join() + ')')
const now = new Date().toISOString().slice(0, 19).replace('T', ' ')
db.exec('BEGIN IMMEDIATE')
people.forEach(([name, number, sex, birth, phone, organization, values], place) => {
  const row = place + 1
  const index = crypto.createHmac('sha256', indexKey).update('id_number\0' + number).digest().subarray(0, 16)
  insert.run(row, null, name, values[1], seal(number, row, 'id_number'), index, sex, seal(birth, row, 'birth'), seal(phone, row, 'mobile'), organization,
    values[6], values[7], values[8], values[9], String(values[10]), seal(values[11], row, 'remark'), '启用', now)
})
db.exec('COMMIT')
const done = performance.now()
console.log(JSON.stringify({ rows: people.length, plan: (judged - begun) / 1000, commit: (done - judged) / 1000, peak: process.resourceUsage().maxRSS }))
