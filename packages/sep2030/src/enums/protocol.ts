/** Values of EventStatus.currentStatus. */
export const eventStatus = {
  scheduled: 0,
  active: 1,
  cancelled: 2,
  cancelledWithRandomization: 3,
  superseded: 4,
} as const

/** Values of Response.status. */
export const responseStatus = {
  received: 1,
  started: 2,
  completed: 3,
  optedOut: 4,
  optedIn: 5,
  cancelled: 6,
  superseded: 7,
  partlyOptedOut: 8,
  partlyOptedIn: 9,
  completedWithoutParticipation: 10,
  acknowledged: 11,
  notDisplayed: 12,
  abortedForOtherServer: 13,
  abortedForOtherProgram: 14,
  notApplicable: 252,
  invalid: 253,
  expired: 254,
} as const

/** Bits of responseRequired: what the server wants to hear of an event. */
export const responseRequired = { received: 0, specific: 1, userAnswer: 2 } as const

/** Values of Error.reasonCode. */
export const errorReason = {
  badRequest: 0,
  illegalValue: 1,
  resourceLimit: 2,
  noConditionalSubscription: 3,
  tooOften: 4,
} as const

/** Values of the attribute subscribable. */
export const subscribable = { none: 0, plain: 1, conditional: 2, both: 3 } as const

/** Values of Notification.status; all but the first end the subscription. */
export const notificationStatus = { normal: 0, ended: 1, moved: 2, redefined: 3, removed: 4 } as const

/** Values of Subscription.encoding. */
export const encoding = { xml: 0, exi: 1 } as const

/** Values of Time.quality: the smaller, the better the clock. */
export const timeQuality = {
  external: 3,
  level3: 4,
  setOrLevel4: 5,
  level5: 6,
  uncoordinated: 7,
} as const

/** Values of RequestStatus.requestStatus of a flow reservation. */
export const requestStatus = { requested: 0, cancelled: 1 } as const
