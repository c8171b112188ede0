import { X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createPki,
  describeCertificate,
  formatPkcs12,
  issueAggregator,
  issueDevice,
  issueServer,
  loadCredentials,
  openPki,
  parsePkcs12,
  writeCredentials,
  writePki,
  type Credentials,
  type Pki,
  type ServiceOptions,
} from '@gridloom/kit'
import { parsePin } from '@gridloom/sep2030'
import { parse, required, single, UsageError, type Command } from '../command.ts'
import { writeJson } from '../io.ts'

const usage = `gridloom certs init DIR [--chain 2|3|4] [--organization NAME]
    makes a root and its issuing authorities in DIR
gridloom certs device --ca DIR --serial SERIAL [--pin PIN] --out FOLDER
gridloom certs server --ca DIR --name NAME [--dns NAME]... [--ip ADDRESS]... --out FOLDER
gridloom certs aggregator --ca DIR --name NAME [--dns NAME]... [--ip ADDRESS]... --out FOLDER
    issues a certificate into FOLDER (key.pem, cert.pem, ca.pem)
gridloom certs show FILE|FOLDER [--json]
    prints LFDI, SFDI, PIN, subject, issuer, policies and validity
gridloom certs export FOLDER --out FILE.p12
gridloom certs import FILE.p12 --out FOLDER
    PKCS#12, under the password in the variable GRIDLOOM_P12_PASSWORD`

const verbs: Readonly<Record<string, (argv: readonly string[]) => void>> = {
  init,
  device,
  server: (argv) => service(argv, issueServer),
  aggregator: (argv) => service(argv, issueAggregator),
  show,
  export: exportPkcs12,
  import: importPkcs12,
}

export const certs: Command = {
  summary: 'make and show certificates after the 2030.5 profile',
  usage,
  run: async ([verb = '', ...argv]) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!run) throw new UsageError(`certs does not know "${verb}"`)
    run(argv)
    return 0
  },
}

function init(argv: readonly string[]): void {
  const { values, positionals } = parse(argv, {
    chain: { type: 'string', default: '4' },
    organization: { type: 'string' },
  })
  const folder = single(positionals, 'DIR')
  const chainLength = ([2, 3, 4] as const).find((length) => String(length) === values.chain)
  if (!chainLength) throw new UsageError(`--chain "${values.chain}" is not 2, 3 or 4`)
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is not empty: name a new folder`)
  const { organization } = values
  writePki(folder, createPki({ chainLength, ...(organization && { organization }) }))
  process.stdout.write(`${folder}: root and issuing authorities; next: gridloom certs device --ca ${folder} …\n`)
}

function device(argv: readonly string[]): void {
  const { values } = parse(argv, {
    ca: { type: 'string' },
    serial: { type: 'string' },
    pin: { type: 'string' },
    out: { type: 'string' },
  })
  const pki = openAuthorities(required(values.ca, 'ca'))
  const pin = values.pin === undefined ? {} : { pin: parsePin(values.pin) }
  keep(required(values.out, 'out'), issueDevice(pki, { serial: required(values.serial, 'serial'), ...pin }))
}

function service(argv: readonly string[], issue: (pki: Pki, options: ServiceOptions) => Credentials): void {
  const { values } = parse(argv, {
    ca: { type: 'string' },
    name: { type: 'string' },
    dns: { type: 'string', multiple: true },
    ip: { type: 'string', multiple: true },
    out: { type: 'string' },
  })
  const { dns, ip: ips } = values
  const pki = openAuthorities(required(values.ca, 'ca'))
  const name = required(values.name, 'name')
  keep(required(values.out, 'out'), issue(pki, { name, ...(dns && { dns }), ...(ips && { ips }) }))
}

function openAuthorities(folder: string): Pki {
  if (!existsSync(join(folder, 'ca')))
    throw new Error(`${folder} has no authorities: make them with "gridloom certs init ${folder}"`)
  return openPki(folder)
}

/** A key is never written over: whoever holds its certificate would be locked out. */
function keep(folder: string, credentials: Credentials): void {
  if (existsSync(join(folder, 'key.pem'))) throw new Error(`${folder} has a key already: name another folder`)
  writeCredentials(folder, credentials)
  process.stdout.write(`${folder}\nLFDI ${credentials.lfdi}\nSFDI ${credentials.sfdi}\n`)
}

function show(argv: readonly string[]): void {
  const { values, positionals } = parse(argv, { json: { type: 'boolean' } })
  const path = single(positionals, 'FILE or FOLDER')
  const facts = statSync(path).isDirectory()
    ? folderFacts(path)
    : describeCertificate(new X509Certificate(readFileSync(path)))
  if (values.json) return writeJson(facts, true)
  const lines = Object.entries(facts).map(([name, value]) => `${name.padEnd(10)} ${[value].flat().join(', ')}`)
  process.stdout.write(`${lines.join('\n')}\n`)
}

function folderFacts(folder: string) {
  const { certificate, pin } = loadCredentials(folder)
  return { ...describeCertificate(certificate), ...(pin !== undefined && { pin: String(pin).padStart(6, '0') }) }
}

function exportPkcs12(argv: readonly string[]): void {
  const { values, positionals } = parse(argv, { out: { type: 'string' } })
  const file = formatPkcs12(loadCredentials(single(positionals, 'FOLDER')), password())
  writeFileSync(required(values.out, 'out'), file, { mode: 0o600 })
}

function importPkcs12(argv: readonly string[]): void {
  const { values, positionals } = parse(argv, { out: { type: 'string' } })
  keep(required(values.out, 'out'), parsePkcs12(readFileSync(single(positionals, 'FILE')), password()))
}

/** From the environment: an argument would stand in the list of processes. */
function password(): string {
  const { GRIDLOOM_P12_PASSWORD } = process.env
  if (GRIDLOOM_P12_PASSWORD === undefined) throw new UsageError('the variable GRIDLOOM_P12_PASSWORD is not set')
  return GRIDLOOM_P12_PASSWORD
}
