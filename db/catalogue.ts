import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type {
  CatalogueClassificationRule,
  CatalogueControl,
  CatalogueElement,
  CatalogueEvidenceType,
  CatalogueFramework,
  CatalogueLanguage,
  CatalogueLayer,
  CatalogueMapping,
  CatalogueObligation,
  CatalogueRequirement,
  CatalogueRole,
  CatalogueScoring,
  CatalogueSector,
} from './catalogue-types';
import { projectRoot } from './project-root';

export const catalogueFiles = [
  'roles',
  'evidence-types',
  'layers',
  'obligations',
  'requirements-2024-2690',
  'incident-significance',
  'controls',
  'crosswalks',
  'sectors',
  'incident-reporting',
  'national-authorities',
  'ai-threats',
  'ai-incident-templates',
  'training',
  'vendor-questionnaire',
  'scoring',
] as const;

export type CatalogueFile = (typeof catalogueFiles)[number];

export type Catalogue = {
  version: string;
  layers: CatalogueLayer[];
  controls: CatalogueControl[];
  controlById: ReadonlyMap<string, CatalogueControl>;
  obligations: CatalogueObligation[];
  requirements: CatalogueRequirement[];
  evidenceTypes: CatalogueEvidenceType[];
  evidenceTypeById: ReadonlyMap<string, CatalogueEvidenceType>;
  roles: CatalogueRole[];
  sectors: CatalogueSector[];
  frameworks: CatalogueFramework[];
  elements: CatalogueElement[];
  mappings: CatalogueMapping[];
  scoring: CatalogueScoring;
  classificationRules: CatalogueClassificationRule[];
};

const shipped = new Map<CatalogueLanguage, Catalogue>();

/**
 * The catalogue of this release, read once a language. It is the same for every organisation and never changes while
 * running. Only texts differ between languages; English is the authority, and what is not translated stays English.
 */
export function catalogue(language: CatalogueLanguage = 'en'): Catalogue {
  const known = shipped.get(language);
  if (known) return known;
  const read = language === 'en' ? assemble() : translate(catalogue(), language);
  shipped.set(language, read);
  return read;
}

/** One file of the catalogue as it is, for parts that only one feature reads. */
export function catalogueFile<T>(name: CatalogueFile): T {
  return JSON.parse(readFileSync(pathOf(name), 'utf8')) as T;
}

/** Runs the catalogue's own check script; throws with its findings when the shipped data is not sound. */
export function checkCatalogue(): void {
  execFileSync(process.execPath, [join(projectRoot(), 'db', 'catalogue', 'check.mjs')], {
    stdio: 'pipe',
    timeout: 30_000,
  });
}

/**
 * Writes this release's catalogue into the database at `url` once per version, and refuses to start when the same
 * version stands there with other content: versions are immutable.
 */
export async function loadCatalogue(url: string): Promise<{ version: string; loaded: boolean }> {
  const { version, controls } = catalogue();
  const client = new Client({ connectionString: url, options: '-c search_path=heptad,public' });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; sha256: string }>(
      'select name, sha256 from catalogue_document where version = $1',
      [version],
    );
    const known = new Map(rows.map((row) => [row.name, row.sha256]));
    const documents = catalogueFiles.map((name) => ({ name, body: readFileSync(pathOf(name), 'utf8') }));
    for (const { name, body } of documents) {
      const sha256 = createHash('sha256').update(body).digest('hex');
      if (known.has(name) && known.get(name) !== sha256) {
        throw new Error(
          `Catalogue ${name} ${version} differs from the one in the database. Raise its version instead.`,
        );
      }
    }
    if (known.size === documents.length) return { version, loaded: false };
    await write(client, version, documents, controls);
    return { version, loaded: true };
  } finally {
    await client.end();
  }
}

async function write(
  client: Client,
  version: string,
  documents: { name: string; body: string }[],
  controls: CatalogueControl[],
): Promise<void> {
  await client.query('begin');
  for (const { name, body } of documents) {
    const sha256 = createHash('sha256').update(body).digest('hex');
    await client.query(
      'insert into catalogue_document (version, name, sha256, body) values ($1, $2, $3, $4) on conflict do nothing',
      [version, name, sha256, body],
    );
  }
  await client.query(
    `insert into control (id, layer, first_version)
     select id, layer, $3 from unnest($1::text[], $2::text[]) as t (id, layer) on conflict do nothing`,
    [controls.map((control) => control.id), controls.map((control) => control.layer), version],
  );
  await client.query('commit');
}

function assemble(): Catalogue {
  const { controls, version } = catalogueFile<{ controls: CatalogueControl[]; version: string }>('controls');
  const { evidence_types } = catalogueFile<{ evidence_types: CatalogueEvidenceType[] }>('evidence-types');
  const sectors = catalogueFile<{ sectors: CatalogueSector[]; classification_rules: CatalogueClassificationRule[] }>(
    'sectors',
  );
  const crosswalks = catalogueFile<{
    frameworks: CatalogueFramework[];
    elements: CatalogueElement[];
    control_mappings: CatalogueMapping[];
  }>('crosswalks');
  return {
    version,
    controls,
    controlById: new Map(controls.map((control) => [control.id, control])),
    layers: catalogueFile<{ layers: CatalogueLayer[] }>('layers').layers,
    obligations: catalogueFile<{ obligations: CatalogueObligation[] }>('obligations').obligations,
    requirements: catalogueFile<{ requirements: CatalogueRequirement[] }>('requirements-2024-2690').requirements,
    evidenceTypes: evidence_types,
    evidenceTypeById: new Map(evidence_types.map((type) => [type.id, type])),
    roles: catalogueFile<{ roles: CatalogueRole[] }>('roles').roles,
    sectors: sectors.sectors,
    frameworks: crosswalks.frameworks,
    elements: crosswalks.elements,
    mappings: crosswalks.control_mappings,
    scoring: catalogueFile<CatalogueScoring>('scoring'),
    classificationRules: sectors.classification_rules,
  };
}

/** The files that `db/catalogue/<language>/` holds: texts by id, and under `of` what they were written from. */
export type TranslatedFile = 'controls' | 'obligations' | 'requirements-2024-2690' | 'sectors';
export type Translation = Record<string, { of: string } & Record<string, string | Record<string, string>>>;

export function catalogueTranslation(name: TranslatedFile, language: CatalogueLanguage): Translation {
  return JSON.parse(
    readFileSync(join(projectRoot(), 'db', 'catalogue', language, `${name}.json`), 'utf8'),
  ) as Translation;
}

function translate(english: Catalogue, language: CatalogueLanguage): Catalogue {
  const controls = withTexts(english.controls, catalogueTranslation('controls', language));
  return {
    ...english,
    controls,
    controlById: new Map(controls.map((control) => [control.id, control])),
    obligations: withTexts(english.obligations, catalogueTranslation('obligations', language)),
    requirements: withTexts(english.requirements, catalogueTranslation('requirements-2024-2690', language)),
    classificationRules: withTexts(english.classificationRules, catalogueTranslation('sectors', language)),
  };
}

function withTexts<T extends { id: string }>(items: readonly T[], translation: Translation): T[] {
  return items.map((item) => {
    const { of: _of, ...texts } = translation[item.id] ?? { of: '' };
    return { ...item, ...texts };
  });
}

function pathOf(name: CatalogueFile): string {
  return join(projectRoot(), 'db', 'catalogue', `${name}.json`);
}
