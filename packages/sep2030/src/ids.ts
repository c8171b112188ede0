import { createHash, type X509Certificate } from 'node:crypto'
import { SepError } from './errors.ts'

declare const brand: unique symbol
type Brand<T, Name extends string> = T & { readonly [brand]: Name }

/** The first 160 bits of the SHA-256 of a DER certificate, as 40 upper-case hex digits. */
export type Lfdi = Brand<string, 'Lfdi'>
/** The first 36 bits of the same hash as a number, and a check digit that makes the sum of all digits a multiple of ten. */
export type Sfdi = Brand<number, 'Sfdi'>
/** Five digits and a check digit, by which a client knows that the server is the one its owner registered with. */
export type Pin = Brand<number, 'Pin'>
/** 128 bits as 32 upper-case hex digits, the enterprise number of the maker in the last eight. */
export type Mrid = Brand<string, 'Mrid'>

/** A base for all numbers with a check digit: the digit that makes the sum of the decimal digits a multiple of ten. */
function withCheckDigit(n: number): number {
  const sum = [...String(n)].reduce((total, digit) => total + Number(digit), 0)
  return n * 10 + ((10 - (sum % 10)) % 10)
}

export function parseLfdi(text: string): Lfdi {
  if (!/^[0-9a-f]{40}$/i.test(text)) throw new SepError('invalid', `not an LFDI: "${text}"`)
  return text.toUpperCase() as Lfdi
}

export function lfdiOf(certificate: X509Certificate): Lfdi {
  return parseLfdi(createHash('sha256').update(certificate.raw).digest('hex').slice(0, 40))
}

/** The SFDI of the device with this LFDI. */
export function sfdiOf(lfdi: Lfdi): Sfdi {
  return withCheckDigit(Number.parseInt(lfdi.slice(0, 9), 16)) as Sfdi
}

const greatestSfdi = 687_194_767_359

/** Reads an SFDI as XML has it (a number) or as people write it (in groups: `167-261-211-391`). */
export function parseSfdi(input: string | number): Sfdi {
  const sfdi = Number(String(input).replaceAll(/(?<=\d)[ -](?=\d)/g, ''))
  if (!/^\d[\d -]*$/.test(String(input)) || !Number.isInteger(sfdi) || sfdi > greatestSfdi || !isChecked(sfdi)) {
    throw new SepError('invalid', `not an SFDI: "${input}"`)
  }
  return sfdi as Sfdi
}

/** Twelve digits in groups of three, as people read them. */
export function formatSfdi(sfdi: Sfdi): string {
  return String(sfdi)
    .padStart(12, '0')
    .replaceAll(/\d{3}(?=\d)/g, '$&-')
}

export function parsePin(input: string | number): Pin {
  const pin = Number(input)
  if (!/^\d{1,6}$/.test(String(input)) || !isChecked(pin)) throw new SepError('invalid', `not a PIN: "${input}"`)
  return pin as Pin
}

/** The PIN made of a number of five digits. */
export function pinOf(n: number): Pin {
  if (!Number.isInteger(n) || n < 0 || n > 99_999) throw new SepError('invalid', `not a number of five digits: "${n}"`)
  return withCheckDigit(n) as Pin
}

export function parseMrid(text: string): Mrid {
  if (!/^[0-9a-f]{32}$/i.test(text)) throw new SepError('invalid', `not an mRID: "${text}"`)
  return text.toUpperCase() as Mrid
}

/** An mRID from the private enterprise number of its maker and twelve bytes that the maker never uses twice. */
export function makeMrid(pen: number, bytes: Uint8Array): Mrid {
  if (!Number.isInteger(pen) || pen < 0 || pen > 0xff_ff_ff_ff) {
    throw new SepError('invalid', `not a private enterprise number: "${pen}"`)
  }
  if (bytes.length !== 12) throw new SepError('invalid', `an mRID needs 12 bytes, not "${bytes.length}"`)
  return parseMrid(Buffer.from(bytes).toString('hex') + pen.toString(16).padStart(8, '0'))
}

function isChecked(n: number): boolean {
  return withCheckDigit(Math.floor(n / 10)) === n
}
