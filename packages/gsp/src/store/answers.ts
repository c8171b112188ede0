import type { ResourceStore } from './resources.ts'
import type { Sources } from './recorder.ts'

/** Encoded answers, kept for the caller they were made for as long as nothing they were made from has changed. */
export type Answers = Readonly<{
  get(lfdi: string, url: string): Buffer | undefined
  keep(lfdi: string, url: string, bytes: Buffer, sources: Sources): void
}>

type Answer = Readonly<{ bytes: Buffer; sources: readonly (readonly [topic: string, revision: number])[] }>

export function createAnswers({ revision }: Pick<ResourceStore, 'revision'>, mostBytes = 64 * 1024 * 1024): Answers {
  const kept = new Map<string, Answer>()
  let size = 0

  const remove = (name: string, { bytes }: Answer): void => {
    kept.delete(name)
    size -= bytes.length + overhead
  }

  return {
    get: (lfdi, url) => {
      const name = lfdi + url
      const answer = kept.get(name)
      if (!answer) return undefined
      for (const [topic, seen] of answer.sources) {
        if (revision(topic) !== seen) return void remove(name, answer)
      }
      return answer.bytes
    },
    keep: (lfdi, url, bytes, sources) => {
      const name = lfdi + url
      const old = kept.get(name)
      if (old) remove(name, old)
      size += bytes.length + overhead
      kept.set(name, { bytes, sources: [...sources] })
      for (const [oldest, answer] of kept) {
        if (size <= mostBytes) break
        remove(oldest, answer)
      }
    },
  }
}

// what an entry costs beside its bytes, roughly
const overhead = 1024
