import { freePort } from './ports.ts'

/** Where an actor listens, and under which host others find it. */
export type Place = Readonly<{ listen: string; host: string; port: number; opsPort: number }>
export type Layout = Readonly<{ gsp: Place & Readonly<{ adminPort: number }>; environment: Place; dcm: Place }>

/** On this machine: the default ports, or free ones where these are taken. */
export async function localLayout(): Promise<Layout> {
  const host = '127.0.0.1'
  const place = { listen: host, host }
  return {
    gsp: {
      ...place,
      port: await freePort(8443, host),
      adminPort: await freePort(9443, host),
      opsPort: await freePort(0, host),
    },
    environment: { ...place, port: await freePort(9449, host), opsPort: await freePort(0, host) },
    dcm: { ...place, port: await freePort(9450, host), opsPort: await freePort(0, host) },
  }
}

/** Among containers: each actor under its own name, with the default ports. */
export function containerLayout(): Layout {
  const listen = '0.0.0.0'
  return {
    gsp: { listen, host: 'gsp', port: 8443, adminPort: 9443, opsPort: 9090 },
    environment: { listen, host: 'environment', port: 9449, opsPort: 9090 },
    dcm: { listen, host: 'dcm', port: 9450, opsPort: 9090 },
  }
}
