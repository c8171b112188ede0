import { answersControls } from '../rules/answers-controls.ts'
import { answersSoon } from '../rules/answer-times.ts'
import { isAsRegistered } from '../rules/capability.ts'
import { allowedCipher, validCertificate } from '../rules/certificate.ts'
import { handshakesSucceed, keepsSession, oneAddress } from '../rules/connections.ts'
import { chargeFollowsPower, countsUp, energyIsPower } from '../rules/energy.ts'
import { publishedInTime } from '../rules/event-times.ts'
import { stepsAlone } from '../rules/fleet-steps.ts'
import { rightMediaType, wellFormed } from '../rules/format.ts'
import { judgesReadings } from '../rules/judges-readings.ts'
import { agreesWithNeighbours } from '../rules/neighbours.ts'
import { subscribedFirst } from '../rules/notifications.ts'
import { seldomFails } from '../rules/outcomes.ts'
import { actsForItself } from '../rules/own-resource.ts'
import { keepsItsRole } from '../rules/own-role.ts'
import { doesNotScan, knownPaths } from '../rules/paths.ts'
import { pollsModerately } from '../rules/polls-moderately.ts'
import { publishedStays, rightProgram } from '../rules/publishes-truly.ts'
import {
  isOffWhenOff,
  keepsLimit,
  keepsTarget,
  sleepsAtNight,
  staysWithinRating,
  varies,
} from '../rules/reading-rules.ts'
import { registered } from '../rules/registered.ts'
import { knownPin, knownSerial } from '../rules/registration.ts'
import { postsOnce } from '../rules/repeated-post.ts'
import { nothing, type Rule } from '../rules/rule.ts'
import type { RuleFinding } from '../rules/rule-finding.ts'
import { sendsModerately } from '../rules/sends-moderately.ts'
import { asksSteadily, asksWithinEnvelope, asksWithinNameplate } from '../rules/setpoints.ts'
import { tripsAsAllowed } from '../rules/trip-settings.ts'
import type { Message } from '../world/message.ts'
import type { World } from '../world/world.ts'
import type { EngineSettings } from './settings.ts'

/** The rules that judge messages, as they are tuned: what is in no list is not judged. */
export type RuleList = Readonly<{
  /** Those that a server's word is enough for: what a client did to it needs no second witness. */
  atOnce: readonly Rule[]
  /** Those that wait until both ends have told. */
  later: readonly Rule[]
  all: readonly Rule[]
}>

/** What some rules find in a message. */
export function foundBy(rules: readonly Rule[], message: Message, world: World): readonly RuleFinding[] {
  let found: readonly RuleFinding[] = nothing
  // most find nothing: no list is made for that
  for (const rule of rules) {
    const own = rule(message, world)
    if (own.length > 0) found = [...found, ...own]
  }
  return found
}

export function ruleList({ revoked, ciphers, nominalHertz, rememberedPosts }: EngineSettings): RuleList {
  const atOnce = [
    registered({ revoked }),
    knownSerial(),
    actsForItself(),
    keepsItsRole(),
    doesNotScan(),
    sendsModerately(),
  ]
  const later = [
    validCertificate(),
    knownPin(),
    oneAddress(),
    allowedCipher(ciphers ? { ciphers } : {}),
    handshakesSucceed(),
    wellFormed(),
    rightMediaType(),
    knownPaths(),
    postsOnce({ mostPosts: rememberedPosts }),
    pollsModerately(),
    publishedInTime(),
    answersControls(),
    rightProgram(),
    publishedStays(),
    subscribedFirst(),
    seldomFails(),
    asksWithinNameplate(),
    asksWithinEnvelope(),
    asksSteadily(),
    isAsRegistered(),
    tripsAsAllowed({ nominalHertz }),
    judgesReadings([
      staysWithinRating(),
      keepsTarget(),
      keepsLimit(),
      sleepsAtNight(),
      countsUp(),
      energyIsPower(),
      chargeFollowsPower(),
      agreesWithNeighbours(),
      varies(),
      isOffWhenOff(),
      stepsAlone(),
    ]),
    keepsSession(),
    answersSoon(),
  ]
  return { atOnce, later, all: [...atOnce, ...later] }
}
