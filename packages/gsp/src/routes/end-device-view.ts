import type { EndDevice } from '@gridloom/sep2030'
import { hrefs } from '../domain/hrefs.ts'
import type { Recorder } from '../store/recorder.ts'
import type { Row } from '../store/row.ts'
import { countOf } from './list.ts'

/** An EndDevice with its links; those to what the device writes are there from the beginning. */
export async function endDeviceView({ href, body }: Row<'EndDevice'>, read: Recorder): Promise<EndDevice> {
  const ders = hrefs.ders(href)
  const logEvents = hrefs.logEvents(href)
  const assignments = hrefs.assignments(href)
  const requests = hrefs.flowRequests(href)
  const grants = hrefs.flowResponses(href)
  const registration = hrefs.registration(href)
  return {
    ...body,
    href,
    subscribable: 0,
    DERListLink: { href: ders, all: await countOf(read, { kind: 'DER', parent: ders }) },
    DeviceInformationLink: { href: hrefs.information(href) },
    DeviceStatusLink: { href: hrefs.status(href) },
    LogEventListLink: { href: logEvents, all: await countOf(read, { kind: 'LogEvent', parent: logEvents }) },
    PowerStatusLink: { href: hrefs.powerStatus(href) },
    FlowReservationRequestListLink: {
      href: requests,
      all: await countOf(read, { kind: 'FlowReservationRequest', parent: requests }),
    },
    FlowReservationResponseListLink: {
      href: grants,
      all: await countOf(read, { kind: 'FlowReservationResponse', parent: grants }),
    },
    FunctionSetAssignmentsListLink: {
      href: assignments,
      all: await countOf(read, { kind: 'FunctionSetAssignments', parent: assignments }),
    },
    // without a PIN there is nothing to compare, and a client goes on
    ...((await read.get('Registration', registration)) && { RegistrationLink: { href: registration } }),
  }
}
