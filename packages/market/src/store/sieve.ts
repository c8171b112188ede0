/** Many texts in a few bits each: it may let a stranger through, and never holds back one of them. */
export type Sieve = Readonly<{ add(text: string): void; mayHave(text: string): boolean }>

// a million texts let one stranger of a thousand through, ten million one of five
const bits = 2 ** 25

export function createSieve(): Sieve {
  const words = new Uint32Array(bits / 32)
  // two hashes make three places
  const placesOf = (text: string): readonly [number, number, number] => {
    let [first, second] = [0x811c9dc5, 0x9747b28c]
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      first = Math.imul(first ^ code, 0x01000193)
      second = Math.imul(second ^ code, 0x5bd1e995)
      second ^= second >>> 13
    }
    const [one, step] = [first ^ (first >>> 15), second | 1]
    return [one, one + step, one + 2 * step]
  }
  const mask = (place: number): number => 1 << (place & 31)
  const wordOf = (place: number): number => (place >>> 5) % words.length
  const has = (place: number): boolean => ((words[wordOf(place)] ?? 0) & mask(place)) !== 0
  return {
    add: (text) => {
      for (const place of placesOf(text)) {
        const word = wordOf(place)
        words[word] = (words[word] ?? 0) | mask(place)
      }
    },
    mayHave: (text) => placesOf(text).every(has),
  }
}
