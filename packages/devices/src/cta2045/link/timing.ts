/** The times of the link in milliseconds (AC form, 19200 bit/s). */
export type Timing = Readonly<{
  /** From a message to its link ACK or NAK. */
  ackDelay: number
  /** How long a message may stay without ACK or NAK. */
  ackWait: number
  /** From a link ACK to the application answer: some heaters ignore what comes sooner than 900. */
  answerDelay: number
  answerWait: number
  /** From the end of one exchange to the next message. */
  gap: number
  /** How long one message may take on the wire. */
  messageWait: number
  /** Silence that ends a burst which is dropped. */
  silence: number
  /** Before a message is repeated, and at most so much more, by chance. */
  repeatPause: number
  repeatJitter: number
  busyPause: number
  perByte: number
  /** Without valid traffic for so long, what was agreed on the link falls back to its default. */
  agreedFor: number
}>

export const defaultTiming: Timing = {
  ackDelay: 40,
  ackWait: 200,
  answerDelay: 100,
  answerWait: 3000,
  gap: 100,
  messageWait: 500,
  silence: 20,
  repeatPause: 500,
  repeatJitter: 200,
  busyPause: 5000,
  perByte: 10_000 / 19_200,
  agreedFor: 900_000,
}

/** Sent so often in all, and again so often while the other end is busy. */
export const mostTries = 3
export const mostBusyTries = 3
