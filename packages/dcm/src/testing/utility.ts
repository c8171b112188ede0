import { createServer, issueServer, type Pki } from '@gridloom/kit'
import {
  DefaultDERControl,
  DERControlList,
  DERControlResponse,
  DERProgramList,
  decode,
  DeviceCapability,
  encode,
  EndDeviceList,
  FunctionSetAssignmentsList,
  Time,
  type DERControl,
  type DERControlBase,
  type Element,
  type Lfdi,
  type Sfdi,
} from '@gridloom/sep2030'
import { onTestFinished } from 'vitest'

type Owner = Readonly<{ lfdi: Lfdi; sfdi: Sfdi }>

/** Somebody's utility over real mutual TLS: one device, one program with a default control, and the controls that a test adds. */
export async function utility(pki: Pki, { lfdi, sfdi }: Owner) {
  const certs = issueServer(pki, { name: 'utility' })
  const controls: DERControl[] = []
  const responses: string[] = []
  const requests: Readonly<{ method: string; url: string; corr: string }>[] = []
  let standard: DERControlBase = { opModMaxLimW: 9000 }
  const now = () => Math.floor(Date.now() / 1000)

  const documents: Readonly<Record<string, () => Buffer>> = {
    '/dcap': () =>
      bytesOf(DeviceCapability, {
        pollRate: 1,
        TimeLink: { href: '/tm' },
        EndDeviceListLink: { href: '/edev', all: 1 },
      }),
    '/tm': () =>
      bytesOf(Time, { currentTime: now(), dstEndTime: 0, dstOffset: 0, dstStartTime: 0, quality: 3, tzOffset: 0 }),
    '/edev': () =>
      listOf(EndDeviceList, {
        pollRate: 1,
        EndDevice: [
          {
            href: '/edev/1',
            changedTime: 0,
            lFDI: lfdi,
            sFDI: sfdi,
            DeviceInformationLink: { href: '/edev/1/di' },
            FunctionSetAssignmentsListLink: { href: '/fsa', all: 1 },
          },
        ],
      }),
    '/fsa': () =>
      listOf(FunctionSetAssignmentsList, {
        pollRate: 1,
        FunctionSetAssignments: [{ href: '/fsa/1', mRID: 'F1', DERProgramListLink: { href: '/derp', all: 1 } }],
      }),
    '/derp': () =>
      listOf(DERProgramList, {
        pollRate: 1,
        DERProgram: [
          {
            href: '/derp/1',
            mRID: 'A1',
            primacy: 1,
            DefaultDERControlLink: { href: '/dderc' },
            DERControlListLink: { href: '/derc', all: controls.length },
          },
        ],
      }),
    '/dderc': () => bytesOf(DefaultDERControl, { href: '/dderc', mRID: 'D1', DERControlBase: standard }),
    '/derc': () => listOf(DERControlList, { DERControl: controls }),
  }

  let handshakes = 0
  const onHandshake = () => void (handshakes += 1)
  const app = createServer({ name: 'utility', certs, logLevel: 'silent', onHandshake })
  app.all('/*', async ({ method, url, headers, body }, reply) => {
    requests.push({ method, url, corr: String(headers['x-correlation-id']) })
    if (method === 'POST' && url === '/rsp') {
      const { subject, status } = decode(DERControlResponse, body as Buffer, { profile })
      responses.push(`${subject.replace(/^0+/, '')} ${status}`)
      return reply.code(201).send()
    }
    if (method !== 'GET') return reply.code(204).send()
    const document = documents[url.split('?', 1)[0] ?? '']
    return document ? reply.type('application/sep+xml').send(document()) : reply.code(404).send()
  })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => void (await app.close()))

  return {
    url,
    lfdi: certs.lfdi,
    requests,
    responses,
    handshakes: () => handshakes,
    /** What holds where no event does, from now on. */
    setDefault: (base: DERControlBase) => void (standard = base),
    /** A control that begins at once. */
    issue(mRID: string, base: DERControlBase): void {
      const start = now()
      controls.push({
        href: `/derc/${mRID}`,
        mRID,
        replyTo: '/rsp',
        responseRequired: '03',
        creationTime: start,
        EventStatus: { currentStatus: 0, dateTime: start, potentiallySuperseded: false },
        interval: { start, duration: 600 },
        DERControlBase: base,
      })
    },
  }
}

const profile = 'csipaus-1.2'

function bytesOf<T>(element: Element<T>, value: T): Buffer {
  return encode(element, value, { profile })
}

function listOf<T>(element: Element<T>, value: Omit<T, 'all' | 'results'>): Buffer {
  const members = Object.values(value).find((each) => Array.isArray(each)) as readonly unknown[]
  const shown = members.length > 0 ? value : {}
  return bytesOf(element, { ...shown, all: members.length, results: members.length } as T)
}
