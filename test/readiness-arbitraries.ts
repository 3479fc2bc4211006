import * as fc from 'fast-check';
import evidenceTypes from '@/db/catalogue/evidence-types.json';
import scoring from '@/db/catalogue/scoring.json';
import type {
  AssessmentInput,
  ControlInput,
  EntityInput,
  EvidenceInput,
  Mark,
  OpenCap,
  UnitInput,
} from '@/lib/domain/score/input';
import { CAP_IDS, methodFromCatalogue, STRENGTHS } from '@/lib/domain/score/method';

/** Method R1 with the constants we ship. */
export const METHOD = methodFromCatalogue(scoring, evidenceTypes);

/** The day everything is scored on unless a test says otherwise. */
export const DAY = 20_000;

const markArbitrary = fc.constantFrom<Mark | null>(null, 0, 1, 2, 3, 4, 5);

/** Evidence collected by {@link DAY}, of any age up to far beyond its validity. */
export const evidenceArbitrary: fc.Arbitrary<EvidenceInput> = fc.record({
  strength: fc.constantFrom(...STRENGTHS),
  collectedDay: fc.integer({ min: DAY - 1500, max: DAY }),
  validityDays: fc.oneof(fc.constantFrom(30, 90, 92, 180, 365, 730), fc.integer({ min: 0, max: 1100 })),
  validUntilDay: fc.option(fc.integer({ min: DAY - 1600, max: DAY + 800 }), { freq: 3 }),
});

/** The same, sometimes dated ahead. */
export const futureEvidenceArbitrary: fc.Arbitrary<EvidenceInput> = fc
  .tuple(evidenceArbitrary, fc.integer({ min: 1, max: 400 }))
  .map(([evidence, ahead]) => ({ ...evidence, collectedDay: DAY + ahead }));

const assessmentShape = {
  documentation: markArbitrary,
  implementation: markArbitrary,
  target: fc.integer({ min: 1, max: 5 }),
  evidence: fc.array(evidenceArbitrary, { maxLength: 3 }),
  expectedStrength: fc.constantFrom(...STRENGTHS),
} satisfies { [K in keyof AssessmentInput]-?: fc.Arbitrary<AssessmentInput[K]> };

const notApplicableArbitrary = fc.option(
  fc.record({ approved: fc.boolean(), untilDay: fc.integer({ min: DAY - 200, max: DAY + 400 }) }),
  { freq: 4 },
);

const unitArbitrary: fc.Arbitrary<Omit<UnitInput, 'id'>> = fc.record({
  ...assessmentShape,
  criticality: fc.integer({ min: 1, max: 4 }),
  critical: fc.boolean(),
  notApplicable: notApplicableArbitrary,
});

const controlArbitrary: fc.Arbitrary<Omit<ControlInput, 'id'>> = fc.record({
  ...assessmentShape,
  layer: fc.constantFrom(...METHOD.layers.map((layer) => layer.id)),
  weight: fc.constantFrom(1, 2, 3),
  key: fc.boolean(),
  notApplicable: notApplicableArbitrary,
  units: fc.option(
    fc
      .array(unitArbitrary, { maxLength: 3 })
      .map((units) => units.map((unit, index) => ({ ...unit, id: `u${index}` }))),
    { nil: undefined, freq: 3 },
  ),
});

/** Controls with distinct ids in random layers. */
export const controlsArbitrary: fc.Arbitrary<ControlInput[]> = fc
  .array(controlArbitrary, { minLength: 1, maxLength: 8 })
  .map((controls) => controls.map((control, index) => ({ ...control, id: `c${index}` })));

export const capsArbitrary: fc.Arbitrary<OpenCap[]> = fc
  .subarray([...CAP_IDS], { maxLength: 3 })
  .map((ids) => ids.map((id) => ({ id, cap: METHOD.caps[id], reason: { key: `score.caps.${id}`, params: {} } })));

/** An entity without open caps. */
export const uncappedArbitrary: fc.Arbitrary<EntityInput> = fc.record({
  id: fc.constant('entity'),
  criticality: fc.integer({ min: 1, max: 4 }),
  controls: controlsArbitrary,
  caps: fc.constant([]),
});

/** An entity, capped or not. */
export const entityArbitrary: fc.Arbitrary<EntityInput> = fc
  .tuple(uncappedArbitrary, fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, capsArbitrary))
  .map(([entity, caps]) => ({ ...entity, caps }));

/** One to three entities with distinct ids. */
export const entitiesArbitrary: fc.Arbitrary<EntityInput[]> = fc
  .array(entityArbitrary, { minLength: 1, maxLength: 3 })
  .map((entities) => entities.map((entity, index) => ({ ...entity, id: `e${index}` })));
