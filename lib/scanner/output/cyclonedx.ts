import { createHash } from 'node:crypto';
import type { Finding } from '../finding';
import { kindOfArtifact } from '../model-artifact';
import { findingsByPath, type ScanReport } from '../report';

type Artifact = ScanReport['artifacts'][number];

const COMPONENT_TYPES = { model: 'machine-learning-model', data: 'data', file: 'file' } as const;

/** CycloneDX 1.6: models with a model card, datasets as data, everything else as files. */
export function renderCycloneDx(report: ScanReport): string {
  const findings = findingsByPath(report);
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(report.scanId)}`,
    version: 1,
    metadata: {
      timestamp: report.startedAt,
      tools: { components: [{ type: 'application', name: 'heptad-scan', version: report.cli.version }] },
      properties: [{ name: 'heptad:verdict', value: report.verdict }],
    },
    components: report.artifacts.map((artifact) => renderComponent(artifact, findings.get(artifact.path) ?? [])),
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function renderComponent(artifact: Artifact, findings: readonly Finding[]) {
  const type = COMPONENT_TYPES[kindOfArtifact(artifact)];
  return {
    type,
    'bom-ref': `file:${artifact.path}`,
    name: artifact.path,
    ...(artifact.sha256 === undefined ? {} : { hashes: [{ alg: 'SHA-256', content: artifact.sha256 }] }),
    ...(type === 'machine-learning-model' ? { modelCard: renderModelCard(artifact, findings) } : {}),
    ...(type === 'data' ? { data: [{ type: 'dataset', name: artifact.path }] } : {}),
    properties: [
      { name: 'heptad:format', value: artifact.format },
      { name: 'heptad:size', value: String(artifact.size) },
      ...findings.map(({ ruleId, severity }) => ({ name: `heptad:finding:${ruleId}`, value: severity })),
    ],
  };
}

/** Only what the file itself tells; an empty card would claim knowledge nobody has. */
function renderModelCard(artifact: Artifact, findings: readonly Finding[]) {
  return {
    modelParameters: {
      ...(artifact.format === 'keras' || artifact.format === 'hdf5' ? { architectureFamily: 'Keras' } : {}),
      ...(artifact.format === 'onnx' ? { architectureFamily: 'ONNX' } : {}),
      ...(artifact.format === 'gguf' ? { architectureFamily: 'GGUF' } : {}),
    },
    ...(findings.length === 0 ? {} : { considerations: { technicalLimitations: limitationsOf(findings) } }),
    properties: [
      {
        name: 'heptad:loadsCode',
        value: String(findings.some(({ ruleId }) => /^(?:PKL-00[1-5]|KER|TSC)/.test(ruleId))),
      },
    ],
  };
}

const limitationsOf = (findings: readonly Finding[]): string[] =>
  Array.from(new Set(findings.map(({ ruleId, title }) => `${ruleId}: ${title}`)));

/** A name-based UUID (RFC 9562, version 8), so that one scan always has one serial number. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
