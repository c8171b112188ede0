import { responseDocument } from '../device-documents.ts'
import { mridOf } from '../document.ts'
import type { Exchange } from '../exchange.ts'
import { pathsOf } from '../paths.ts'
import { capabilityDocument } from '../server-documents.ts'
import { linkOf, type Scene, type Script } from './scene.ts'

/** Sends again, byte by byte, what the server has taken before. */
export const replay: Script = {
  run({ world, attacker, from, act }) {
    const { member } = attacker
    const event = { mRID: mridOf(`event for ${member.serial}`), created: from - 700, start: from - 600, duration: 300 }
    world.publish({ ...event, base: { opModMaxLimW: 10_000 } }, { program: 'own', party: attacker })
    const body = responseDocument(member, { subject: event.mRID, status: 1, at: from })
    const post: Exchange = { method: 'POST', path: pathsOf(member).responses, body, status: 201 }
    for (let time = 0; time < 4; time += 1) {
      world.later(from + 90 * time, (at) => {
        world.exchange(
          attacker,
          at,
          time === 0 ? { ...post, act: act('out of turn') } : { ...post, act: act(`again ${time}`) },
        )
      })
    }
  },
}

const holdSeconds = 320

/** Someone holds back for minutes what the party reports. */
export const delayedRelay: Script = {
  run({ world, attacker, from, act }) {
    const minute = (at: number) => act(`minute ${Math.floor((at - from) / 60)}`)
    world.later(from, () => attacker.reporter.holdBack(holdSeconds, minute))
  },
}

/** Someone on the way alters every answer to the party. */
export const manInTheMiddle: Script = {
  accused: linkOf,
  run(scene) {
    const link = linkOf(scene)
    let count = 0
    tamperAnswers(scene, (exchange) => {
      const { answer } = exchange
      if (!answer) return exchange
      count += 1
      const act = scene.act(`answer ${count}`, link)
      return { ...exchange, answer: { ...answer, body: `${answer.body} ` }, act }
    })
  },
}

/** A party reports other answers than it was given, one in three. */
export const falseReporter: Script = {
  run(scene) {
    let count = 0
    tamperAnswers(scene, (exchange) => {
      count += 1
      return count % 3 === 0 ? { ...exchange, status: 500, act: scene.act(`answer ${count}`) } : exchange
    })
  },
}

/** Changes what the party sees, or says that it saw, of each answer. */
function tamperAnswers({ world, attacker, from }: Scene, change: (exchange: Exchange) => Exchange): void {
  world.later(from, () => {
    attacker.behaviour.current = {
      tamper: (seenBy, message, exchange) => (seenBy === 'DCM' && message === 'response' ? change(exchange) : exchange),
    }
  })
}

/** Two bursts of seven hundred requests in less than a minute. */
export const requestFlood: Script = {
  run({ world, attacker, from, act }) {
    const answer = capabilityDocument()
    for (const minute of [0, 1]) {
      const begin = 60 * Math.ceil(from / 60) + 120 * minute
      const flood = act(`minute ${minute}`)
      for (let request = 0; request < 700; request += 1) {
        world.later(begin + request / 13, (at) => {
          world.exchange(attacker, at, { method: 'GET', path: '/dcap', status: 200, answer, act: flood })
        })
      }
    }
  },
}

/** Looks for resources that nobody has shown it. */
export const resourceScan: Script = {
  run({ world, attacker, from, act }) {
    for (let guess = 0; guess < 48; guess += 1) {
      world.later(from + 0.5 * guess, (at) => {
        const path = `/${['admin', 'edev', 'users', 'cfg'][guess % 4]}/${1000 + guess}`
        world.exchange(attacker, at, { method: 'GET', path, status: 404, act: act(`scan ${Math.floor(guess / 24)}`) })
      })
    }
  },
}
