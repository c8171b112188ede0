import { LogEvent } from '@gridloom/sep2030'
import type { Raid } from '../attack.ts'
import { deviceOf } from '../rig.ts'
import { openInsider, ownEntry } from './insider.ts'

const repeats = 4

export const replay: Raid = {
  kind: 'raid',
  name: 'replay',
  summary: 'sends again, byte by byte, a message that the server has taken',
  rules: ['TM-3'],
  subject: 'the device',
  async run(rig, signal) {
    await using insider = openInsider(rig, deviceOf(rig), signal)
    const { href, LogEventListLink } = await ownEntry(insider)
    const path = LogEventListLink?.href ?? `${href}/lel`
    const createdDateTime = rig.clock.now()
    const kind = { functionSet: 11, profileID: 2, logEventCode: 0, logEventID: 1, logEventPEN: 0 }
    for (let time = 0; time < repeats; time += 1) {
      const reply = await insider.send('POST', path, LogEvent, { ...kind, createdDateTime, details: 'once' })
      rig.say(`POST ${path} ${time === 0 ? '' : 'with the same bytes '}was answered ${reply.status}`)
    }
  },
}

const floodRequests = 1300

export const requestFlood: Raid = {
  kind: 'raid',
  name: 'request-flood',
  summary: `asks for the same resource ${floodRequests} times, as fast as --rate allows`,
  rules: ['TM-5'],
  subject: 'the device',
  async run(rig, signal) {
    await using insider = openInsider(rig, deviceOf(rig), signal)
    const answers = new Map<number, number>()
    for (let request = 0; request < floodRequests; request += 1) {
      const { status } = await insider.get('/dcap')
      answers.set(status, (answers.get(status) ?? 0) + 1)
    }
    const tally = [...answers].map(([status, count]) => `${count} times ${status}`)
    rig.say(`${floodRequests} requests were answered ${tally.join(', ')}`)
  },
}

const guesses = 48
const places = ['admin', 'edev', 'derp', 'users']

export const resourceScan: Raid = {
  kind: 'raid',
  name: 'resource-scan',
  summary: `asks for ${guesses} resources that no server has shown it`,
  rules: ['FM-6', 'FM-8', 'PR-10'],
  subject: 'the device',
  async run(rig, signal) {
    await using insider = openInsider(rig, deviceOf(rig), signal)
    let found = 0
    for (let guess = 0; guess < guesses; guess += 1) {
      const { status } = await insider.get(`/${places[guess % places.length]}/${90_000 + guess}`)
      if (status < 400) found += 1
    }
    rig.say(`${guesses} paths were tried, ${found} were answered`)
  },
}
