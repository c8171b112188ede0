type AttributeSpec = readonly [name: string, fc: string, bType: string, type?: string, value?: string | number]

/** The common data classes in use, and their structures and enumerations. */
export function typeLines(multiplier: number): readonly string[] {
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
