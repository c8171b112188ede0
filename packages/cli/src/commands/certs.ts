import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import {
  createPki,
  issueAggregator,
  issueDevice,
  issueServer,
  openPki,
  writeCredentials,
  writePki,
  type Credentials,
  type ServiceOptions,
} from '@gridloom/kit'
import { lfdiOf, parsePin, sfdiOf } from '@gridloom/sep2030'
import { parse, required, single, UsageError, type Command } from '../command.ts'

const usage = `gridloom certs init DIR [--chain 2|3|4] [--organization NAME]
    makes a root and its issuing authorities in DIR
gridloom certs device --ca DIR --serial SERIAL [--pin PIN] --out FOLDER
gridloom certs server --ca DIR --name NAME [--dns NAME]... [--ip ADDRESS]... --out FOLDER
gridloom certs aggregator --ca DIR --name NAME [--dns NAME]... [--ip ADDRESS]... --out FOLDER
    issues a certificate into FOLDER (key.pem, cert.pem, ca.pem)
gridloom certs show FILE|FOLDER [--json]
    prints LFDI, SFDI, PIN, subject, issuer and validity`

const verbs: Readonly<Record<string, (argv: readonly string[]) => number>> = {
  init,
  device,
  server: (argv) => service(argv, issueServer),
  aggregator: (argv) => service(argv, issueAggregator),
  show,
}

export const certs: Command = {
  summary: 'make and show certificates after the 2030.5 profile',
  usage,
  run: async ([verb = '', ...argv]) => {
    const run = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
    if (!run) throw new UsageError(`certs does not know "${verb}"`)
    return run(argv)
  },
}

function init(argv: readonly string[]): number {
  const { values, positionals } = parse(argv, { chain: { type: 'string' }, organization: { type: 'string' } })
  const folder = single(positionals, 'DIR')
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is not empty: name a new folder`)
  const { organization } = values
  writePki(folder, createPki({ chainLength: chainOf(values.chain ?? '3'), ...(organization && { organization }) }))
  process.stdout.write(`${folder}: root and issuing authorities are made; now: gridloom certs device --ca ${folder} …\n`)
  return 0
}

function chainOf(text: string): 2 | 3 | 4 {
  const length = ([2, 3, 4] as const).find((each) => String(each) === text)
  if (!length) throw new UsageError(`--chain "${text}" is not 2, 3 or 4`)
  return length
}

function device(argv: readonly string[]): number {
  const { values } = parse(argv, {
    ca: { type: 'string' },
    serial: { type: 'string' },
    pin: { type: 'string' },
    out: { type: 'string' },
  })
  const pin = values.pin === undefined ? {} : { pin: parsePin(values.pin) }
  const pki = openPki(required(values.ca, 'ca'))
  return issued(required(values.out, 'out'), issueDevice(pki, { serial: required(values.serial, 'serial'), ...pin }))
}

function service(argv: readonly string[], issue: (pki: ReturnType<typeof openPki>, options: ServiceOptions) => Credentials) {
  const { values } = parse(argv, {
    ca: { type: 'string' },
    name: { type: 'string' },
    dns: { type: 'string', multiple: true },
    ip: { type: 'string', multiple: true },
    out: { type: 'string' },
  })
  const { dns, ip: ips } = values
  const name = required(values.name, 'name')
  return issued(
    required(values.out, 'out'),
    issue(openPki(required(values.ca, 'ca')), { name, ...(dns && { dns }), ...(ips && { ips }) }),
  )
}

function issued(folder: string, credentials: Credentials): number {
  writeCredentials(folder, credentials)
  process.stdout.write(`${folder}\nLFDI ${credentials.lfdi}\nSFDI ${credentials.sfdi}\n`)
  return 0
}

function show(argv: readonly string[]): number {
  const { values, positionals } = parse(argv, { json: { type: 'boolean' } })
  const path = single(positionals, 'FILE or FOLDER')
  const folder = statSync(path).isDirectory()
  const certificate = new X509Certificate(readFileSync(folder ? join(path, 'cert.pem') : path))
  const pinFile = join(path, 'pin.txt')
  const facts = {
    lfdi: lfdiOf(certificate),
    sfdi: sfdiOf(lfdiOf(certificate)),
    ...(folder && existsSync(pinFile) && { pin: readFileSync(pinFile, 'utf8').trim() }),
    subject: certificate.subject?.replaceAll('\n', ', ') ?? '',
    issuer: certificate.issuer.replaceAll('\n', ', '),
    alternativeName: certificate.subjectAltName ?? '',
    validFrom: certificate.validFrom,
    validTo: certificate.validTo,
  }
  const text = Object.entries(facts).map(([name, value]) => `${name.padEnd(16)} ${value}`)
  process.stdout.write(values.json ? `${JSON.stringify(facts)}\n` : `${text.join('\n')}\n`)
  return 0
}
