const radians = Math.PI / 180

/** The height of the sun over the horizon in degrees, within a fifth of a degree (low-precision almanac formulas). */
export function sunElevation(
  { latitude, longitude }: Readonly<{ latitude: number; longitude: number }>,
  at: number,
): number {
  const days = at / 86_400 - 10_957.5 // since noon of 1 January 2000
  const anomaly = (357.529 + 0.98560028 * days) * radians
  const mean = 280.459 + 0.98564736 * days
  const ecliptic = (mean + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * radians
  const tilt = (23.439 - 0.00000036 * days) * radians
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic))
  const declination = Math.asin(Math.sin(tilt) * Math.sin(ecliptic))
  const sidereal = (280.46061837 + 360.98564736629 * days + longitude) * radians
  const hour = sidereal - ascension
  const height =
    Math.sin(latitude * radians) * Math.sin(declination) +
    Math.cos(latitude * radians) * Math.cos(declination) * Math.cos(hour)
  return Math.asin(height) / radians
}
