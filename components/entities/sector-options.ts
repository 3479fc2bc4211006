import type { CatalogueSector } from '@/db/catalogue-types';
import type { SectorOption } from './entity-form';

/** The sectors of both annexes as the form needs them: ids only, names come from the messages. */
export function sectorOptions(sectors: readonly CatalogueSector[]): SectorOption[] {
  return sectors.map(({ id, annex, subsectors }) => ({
    id,
    annex,
    subsectors: subsectors.map((one) => ({ id: one.id, entityTypes: one.entity_types.map((type) => type.id) })),
  }));
}
