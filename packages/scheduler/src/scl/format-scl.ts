import type { Quantity } from '@gridloom/contracts'

/** A reserve schedule over the hour: values in watts, or booleans, that fill it. */
export type Reserve = Readonly<{ values: readonly (number | boolean)[]; minutes: number }>

export type SclOptions = Readonly<{
  ied: string
  /** Absent in an .icd: a template without a place in a network. */
  address?: string
  devices: readonly Readonly<{ name: string; reserve: Readonly<Partial<Record<Quantity, Reserve>>> }>[]
  /** Ordinary schedules of each quantity. */
  schedules?: number
  /** Values of a schedule. */
  entries?: number
  /** Power of ten of the watts in the file: 3 for kW. */
  multiplier?: 0 | 3
}>

/** Writes an SCL file with schedules and their controllers, as `readPlant` reads it (scheduling.md §5). */
export function formatScl({ ied, address, devices, ...sizes }: SclOptions): string {
  const { schedules = 10, entries = 100, multiplier = 0 } = sizes
  const communication = address === undefined ? [] : networkLines(ied, address)
  const hosts = devices.flatMap((device) => hostLines(device, { schedules, multiplier }))
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<SCL xmlns="http://www.iec.ch/61850/2003/SCL" version="2007" revision="B" release="4">',
    `  <Header id="${ied}" nameStructure="IEDName"/>`,
    ...communication,
    `  <IED name="${ied}" manufacturer="Gridloom" type="scheduler" configVersion="1">`,
    '    <AccessPoint name="AP1">',
    '      <Server>',
    '        <Authentication none="true"/>',
    ...hosts,
    '      </Server>',
    '    </AccessPoint>',
    '  </IED>',
    ...templateLines(schedules + 1, entries, multiplier),
    '</SCL>',
  ]
  return `${lines.join('\n')}\n`
}

const quantities = ['ActPow', 'MaxPow', 'OnOff'] as const satisfies readonly Quantity[]
const targets = { ActPow: 'AnOut1', MaxPow: 'AnOut1', OnOff: 'SPCSO1' } as const

function networkLines(ied: string, address: string): readonly string[] {
  return [
    '  <Communication>',
    '    <SubNetwork name="plant" type="8-MMS">',
    `      <ConnectedAP iedName="${ied}" apName="AP1">`,
    `        <Address><P type="IP">${address}</P></Address>`,
    '      </ConnectedAP>',
    '    </SubNetwork>',
    '  </Communication>',
  ]
}

type Sizes = Readonly<{ schedules: number; multiplier: number }>

function hostLines({ name, reserve }: SclOptions['devices'][number], sizes: Sizes): readonly string[] {
  return [
    `        <LDevice inst="${name}" ldName="${name}">`,
    '          <LN0 lnClass="LLN0" inst="" lnType="LLN0"/>',
    ...quantities.flatMap((quantity) => quantityLines(name, quantity, reserve[quantity], sizes)),
    '        </LDevice>',
  ]
}

function quantityLines(
  device: string,
  quantity: Quantity,
  reserve: Reserve | undefined,
  { schedules, multiplier }: Sizes,
): readonly string[] {
  const kind = quantity === 'OnOff' ? 'Boolean' : 'Number'
  const names = Array.from({ length: schedules }, (_, index) => `${quantity}_FSCH${padded(index + 1, 2)}`)
  const all = reserve ? [...names, `${quantity}_Res_FSCH01`] : names
  const node = (prefix: string, lnClass: string, inst: string, type: string): string =>
    `          <LN prefix="${prefix}" lnClass="${lnClass}" inst="${inst}" lnType="${type}"`
  const target = `${device}/${quantity}_GGIO1.${targets[quantity]}`
  return [
    `${node(`${quantity}_`, 'GGIO', '1', `GGIO_${kind}`)}/>`,
    ...names.map((_, index) => `${node(`${quantity}_`, 'FSCH', padded(index + 1, 2), `FSCH_${kind}`)}/>`),
    ...(reserve
      ? [`${node(`${quantity}_Res_`, 'FSCH', '01', `FSCH_${kind}`)}>`, ...reserveLines(reserve, multiplier), close]
      : []),
    `${node(`${quantity}_`, 'FSCC', '1', `FSCC_${kind}`)}>`,
    doi('CtlEnt', dai('setSrcRef', target)),
    ...all.map((name, index) => doi(`Schd${padded(index + 1, 2)}`, dai('setSrcRef', `${device}/${name}`))),
    close,
  ]
}

const close = '          </LN>'

function reserveLines({ values, minutes }: Reserve, multiplier: number): readonly string[] {
  return [
    doi('NumEntr', dai('setVal', values.length)),
    doi('SchdIntv', dai('setVal', minutes) + sdi('units', dai('SIUnit', 'min'))),
    doi('SchdPrio', dai('setVal', 10)),
    ...values.map((value, index) =>
      typeof value === 'boolean'
        ? doi(`ValSPG${padded(index + 1, 3)}`, dai('setVal', value))
        : doi(`ValASG${padded(index + 1, 3)}`, sdi('setMag', dai('f', value / 10 ** multiplier))),
    ),
    doi(
      'StrTm01',
      dai('setTm', '1970-01-01T00:00:01Z') +
        sdi('setCal', dai('occ', 1) + dai('occType', 'Time') + dai('occPer', 'Hour') + dai('mn', 0)),
    ),
  ]
}

function doi(name: string, inner: string): string {
  return `            <DOI name="${name}">${inner}</DOI>`
}

function sdi(name: string, inner: string): string {
  return `<SDI name="${name}">${inner}</SDI>`
}

function dai(name: string, value: string | number | boolean): string {
  return `<DAI name="${name}"><Val>${value}</Val></DAI>`
}

function templateLines(listed: number, entries: number, multiplier: number): readonly string[] {
  const many = (count: number, line: (index: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, index) => line(index + 1))
  const schedule = (id: string, value: string, entry: string): readonly string[] => [
    `    <LNodeType id="${id}" lnClass="FSCH">`,
    ...objects([
      ['Beh', 'Beh_ENS'],
      ['SchdSt', 'SchdSt_ENS'],
      ['SchdEnaErr', 'SchdEnaErr_ENS'],
      ['SchdEntr', 'INS'],
      [value, value === 'ValMV' ? 'MV' : 'SPS'],
      ['ActStrTm', 'TCS'],
      ['NxtStrTm', 'TCS'],
      ['EnaReq', 'SPC'],
      ['DsaReq', 'SPC'],
      ['SchdPrio', 'ING'],
      ['NumEntr', 'ING'],
      ['SchdIntv', 'Interval_ING'],
    ]),
    ...many(entries, (index) => object(`${entry}${padded(index, 3)}`, entry === 'ValASG' ? 'ASG' : 'SPG')),
    ...many(16, (index) => object(`StrTm${padded(index, 2)}`, 'TSG')),
    ...objects([
      ['EvTrg', 'SPG'],
      ['InSyn', 'ORG'],
      ['SchdReuse', 'SPG'],
    ]),
    '    </LNodeType>',
  ]
  const controller = (id: string, value: string, type: string): readonly string[] => [
    `    <LNodeType id="${id}" lnClass="FSCC">`,
    ...objects([
      ['Beh', 'Beh_ENS'],
      ['ActSchdRef', 'ORS'],
      [value, type],
      ['CtlEnt', 'ORG'],
    ]),
    ...many(listed, (index) => object(`Schd${padded(index, 2)}`, 'ORG')),
    '    </LNodeType>',
  ]
  return [
    '  <DataTypeTemplates>',
    '    <LNodeType id="LLN0" lnClass="LLN0">',
    object('Beh', 'Beh_ENS'),
    '    </LNodeType>',
    '    <LNodeType id="GGIO_Number" lnClass="GGIO">',
    ...objects([
      ['Beh', 'Beh_ENS'],
      ['AnOut1', 'Power_APC'],
    ]),
    '    </LNodeType>',
    '    <LNodeType id="GGIO_Boolean" lnClass="GGIO">',
    ...objects([
      ['Beh', 'Beh_ENS'],
      ['SPCSO1', 'SPC'],
    ]),
    '    </LNodeType>',
    ...schedule('FSCH_Number', 'ValMV', 'ValASG'),
    ...schedule('FSCH_Boolean', 'ValSPS', 'ValSPG'),
    ...controller('FSCC_Number', 'ValMV', 'MV'),
    ...controller('FSCC_Boolean', 'ValSPS', 'SPS'),
    ...typeLines(multiplier),
    '  </DataTypeTemplates>',
  ]
}

function objects(list: readonly (readonly [name: string, type: string])[]): readonly string[] {
  return list.map(([name, type]) => object(name, type))
}

function object(name: string, type: string): string {
  return `      <DO name="${name}" type="${type}"/>`
}

type AttributeSpec = readonly [name: string, fc: string, bType: string, type?: string, value?: string | number]

/** The common data classes in use, and their structures and enumerations. */
function typeLines(multiplier: number): readonly string[] {
  const status = (bType: string, type?: string): readonly AttributeSpec[] => [
    type === undefined ? ['stVal', 'ST', bType] : ['stVal', 'ST', bType, type],
    ['q', 'ST', 'Quality'],
    ['t', 'ST', 'Timestamp'],
  ]
  return [
    ...objectType('Beh_ENS', 'ENS', status('Enum', 'Beh')),
    ...objectType('SchdSt_ENS', 'ENS', status('Enum', 'SchdSt')),
    ...objectType('SchdEnaErr_ENS', 'ENS', status('Enum', 'SchdEnaErr')),
    ...objectType('INS', 'INS', status('INT32')),
    ...objectType('SPS', 'SPS', status('BOOLEAN')),
    ...objectType('MV', 'MV', [
      ['mag', 'MX', 'Struct', 'Magnitude'],
      ['q', 'MX', 'Quality'],
      ['t', 'MX', 'Timestamp'],
    ]),
    ...objectType('TCS', 'TCS', status('Timestamp')),
    ...objectType('ORS', 'ORS', status('ObjRef')),
    ...objectType('SPC', 'SPC', [
      ['stVal', 'ST', 'BOOLEAN'],
      ['q', 'ST', 'Quality'],
      ['t', 'ST', 'Timestamp'],
      ['ctlModel', 'CF', 'Enum', 'CtlModel', 'direct-with-normal-security'],
    ]),
    ...objectType('Power_APC', 'APC', [
      ['mxVal', 'MX', 'Struct', 'Magnitude'],
      ['q', 'MX', 'Quality'],
      ['t', 'MX', 'Timestamp'],
      ['units', 'CF', 'Struct', 'WattUnit'],
    ]),
    ...objectType('ING', 'ING', [['setVal', 'SP', 'INT32']]),
    ...objectType('Interval_ING', 'ING', [
      ['setVal', 'SP', 'INT32'],
      ['units', 'CF', 'Struct', 'TimeUnit'],
    ]),
    ...objectType('ASG', 'ASG', [['setMag', 'SP', 'Struct', 'Magnitude']]),
    ...objectType('SPG', 'SPG', [['setVal', 'SP', 'BOOLEAN']]),
    ...objectType('ORG', 'ORG', [['setSrcRef', 'SP', 'ObjRef']]),
    ...objectType('TSG', 'TSG', [
      ['setTm', 'SP', 'Timestamp'],
      ['setCal', 'SP', 'Struct', 'CalendarTime'],
    ]),
    ...structure('Magnitude', [['f', 'FLOAT32']]),
    ...structure('WattUnit', [
      ['SIUnit', 'Enum', 'SIUnit', 'W'],
      ['multiplier', 'Enum', 'Multiplier', multiplier === 0 ? 'one' : 'k'],
    ]),
    ...structure('TimeUnit', [['SIUnit', 'Enum', 'SIUnit', 's']]),
    ...structure('CalendarTime', [
      ['occ', 'INT16U'],
      ['occType', 'Enum', 'OccType'],
      ['occPer', 'Enum', 'OccPer'],
      ['weekDay', 'Enum', 'WeekDay'],
      ['month', 'Enum', 'Month'],
      ['day', 'INT8U'],
      ['hr', 'INT8U'],
      ['mn', 'INT8U'],
    ]),
    ...enumeration('Beh', { on: 1, blocked: 2, test: 3, 'test/blocked': 4, off: 5 }),
    ...enumeration('SchdSt', { 'not ready': 1, 'start time required': 2, ready: 3, running: 4 }),
    ...enumeration('SchdEnaErr', {
      none: 1,
      'missing valid NumEntr': 2,
      'missing valid SchdIntv': 3,
      'missing valid schedule values': 4,
      'inconsistent values CDC': 5,
      'missing valid StrTm': 6,
      other: 99,
    }),
    ...enumeration('CtlModel', { 'status-only': 0, 'direct-with-normal-security': 1 }),
    ...enumeration('SIUnit', { s: 4, W: 62, h: 84, min: 85 }),
    ...enumeration('Multiplier', { one: 0, k: 3, M: 6 }),
    ...enumeration('OccType', { Time: 0, WeekDay: 1, WeekOfYear: 2, DayOfMonth: 3, DayOfYear: 4 }),
    ...enumeration('OccPer', { Hour: 0, Day: 1, Week: 2, Month: 3, Year: 4 }),
    ...enumeration('WeekDay', numbered(['reserved', ...weekDays])),
    ...enumeration('Month', numbered(['reserved', ...months])),
  ]
}

const weekDays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
const months = 'January February March April May June July August September October November December'.split(' ')

function numbered(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name, index) => [name, index]))
}

function objectType(id: string, cdc: string, attributes: readonly AttributeSpec[]): readonly string[] {
  const lines = attributes.map(([name, fc, bType, type, value]) =>
    attribute('DA', `name="${name}" fc="${fc}" bType="${bType}"`, type, value),
  )
  return [`    <DOType id="${id}" cdc="${cdc}">`, ...lines, '    </DOType>']
}

type PartSpec = readonly [name: string, bType: string, type?: string, value?: string | number]

function structure(id: string, parts: readonly PartSpec[]): readonly string[] {
  const lines = parts.map(([name, bType, type, value]) =>
    attribute('BDA', `name="${name}" bType="${bType}"`, type, value),
  )
  return [`    <DAType id="${id}">`, ...lines, '    </DAType>']
}

function attribute(element: string, attributes: string, type?: string, value?: string | number): string {
  const typed = type === undefined ? attributes : `${attributes} type="${type}"`
  return value === undefined
    ? `      <${element} ${typed}/>`
    : `      <${element} ${typed}><Val>${value}</Val></${element}>`
}

function enumeration(id: string, values: Readonly<Record<string, number>>): readonly string[] {
  const lines = Object.entries(values).map(([name, ord]) => `      <EnumVal ord="${ord}">${name}</EnumVal>`)
  return [`    <EnumType id="${id}">`, ...lines, '    </EnumType>']
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}
