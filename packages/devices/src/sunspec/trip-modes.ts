import type { CurveMode } from '../modes.ts'
import type { TripModel, TripRegion } from './models/curves.ts'

/** The mode of DERControlBase that asks for a region of a trip model. */
export const tripModes: Readonly<Record<TripModel['id'], Readonly<Partial<Record<TripRegion, CurveMode>>>>> = {
  707: { MustTrip: 'opModLVRTMustTrip', MayTrip: 'opModLVRTMayTrip', MomCess: 'opModLVRTMomentaryCessation' },
  708: { MustTrip: 'opModHVRTMustTrip', MayTrip: 'opModHVRTMayTrip', MomCess: 'opModHVRTMomentaryCessation' },
  709: { MustTrip: 'opModLFRTMustTrip', MayTrip: 'opModLFRTMayTrip' },
  710: { MustTrip: 'opModHFRTMustTrip', MayTrip: 'opModHFRTMayTrip' },
}
