import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { gridloom } from './support/gridloom.ts'

const time = '<Time xmlns="urn:ieee:std:2030.5:ns"><currentTime>1</currentTime></Time>'
const capability = `<DERCapability xmlns="urn:ieee:std:2030.5:ns"><modesSupported>00</modesSupported><rtgMaxW><multiplier>0</multiplier><value>1</value></rtgMaxW><type>4</type></DERCapability>`

it('judges documents in order, each under its own profile, and says what is wrong and where', async () => {
  const folder = temporaryFolder()
  const lines = [
    { id: 'a', xml: capability },
    { id: 'b', xml: capability, profile: '1.2' },
    { id: 'c', xml: time },
  ]
  const file = join(folder, 'documents.jsonl')
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  const { code, out } = await gridloom('sep', 'check', '--json', file)
  const verdicts = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(code).toBe(1)
  expect(verdicts).toMatchObject([
    { id: 'a', valid: true, root: 'DERCapability', errors: [] },
    {
      id: 'b',
      valid: false,
      errors: [{ path: '/DERCapability', message: expect.stringContaining('doeModesSupported') }],
    },
    { id: 'c', valid: false, errors: [{ path: expect.stringContaining('/Time'), rule: expect.any(String) }] },
  ])
})

it('converts a document to JSON and back', async () => {
  const folder = temporaryFolder()
  const xml = join(folder, 'capability.xml')
  const json = join(folder, 'capability.json')
  writeFileSync(xml, capability)
  const { out } = await gridloom('sep', 'convert', '--to', 'json', xml)
  expect(JSON.parse(out)).toMatchObject({ root: 'DERCapability', value: { type: 4, rtgMaxW: { value: 1 } } })
  writeFileSync(json, out)
  expect((await gridloom('sep', 'convert', '--to', 'xml', json)).out.trim()).toBe(capability)
})

it('makes an authority and a device, and shows who it is', async () => {
  const folder = temporaryFolder()
  const [pki, device] = [join(folder, 'pki'), join(folder, 'pv-1')]
  expect(await gridloom('certs', 'init', pki)).toMatchObject({ code: 0 })
  const made = await gridloom('certs', 'device', '--ca', pki, '--serial', 'PV-1', '--pin', '111115', '--out', device)
  const facts = JSON.parse((await gridloom('certs', 'show', device, '--json')).out)
  expect(made.out).toContain(`LFDI ${facts.lfdi}`)
  expect(facts).toMatchObject({ pin: '111115', validTo: '9999-12-31T23:59:59.000Z', subject: '' })
  expect(await gridloom('certs', 'init', pki)).toMatchObject({ code: 1, err: expect.stringContaining('not empty') })
})

it('checks a configuration without running it', async () => {
  const folder = temporaryFolder()
  await gridloom('certs', 'init', join(folder, 'pki'))
  await gridloom('certs', 'server', '--ca', join(folder, 'pki'), '--name', 'gsp', '--out', join(folder, 'gsp'))
  const [good, bad] = [join(folder, 'good.yaml'), join(folder, 'bad.yaml')]
  writeFileSync(good, `certs: ${join(folder, 'gsp')}\n`)
  writeFileSync(bad, `certs: ${join(folder, 'gsp')}\nlisten: { port: 99999 }\n`)
  expect(await gridloom('gsp', '--config', good, '--check')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/LFDI [0-9A-F]{40}/),
  })
  expect(await gridloom('gsp', '--config', bad, '--check')).toMatchObject({
    code: 2,
    err: expect.stringContaining('listen.port'),
  })
})

it('answers what it does not know with its usage and exit code 2', async () => {
  const outcomes = await Promise.all([gridloom('nonsense'), gridloom('up', '--dres', '3'), gridloom('sep', 'check')])
  expect(outcomes.map(({ code, out }) => [code, out])).toEqual([
    [2, ''],
    [2, ''],
    [2, ''],
  ])
})

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gridloom-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
