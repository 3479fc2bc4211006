/** A part of the code whose tests are judged by whether they notice changes to it. */
export interface Part {
  /** Folder or file from the root; of a folder, what lies directly in it. */
  readonly mutate: readonly string[];
  /** Folders or test files whose tests are run. */
  readonly tests: readonly string[];
  /** Tests, by file and title, left out for their time: they compare whole worlds, and others name what broke. */
  readonly without?: RegExp;
}

const POLICY = 'lib/gateway/policy';
const POLICY_WITHOUT = /600 generated|a chain of 100,000|from a bundle|lets others run|brute force cannot beat/;
const LOG_WITHOUT = /for every size from 0 to 300|long pack|bit flip|restored at any size/;

function logPart(folder: string, ...others: string[]): Part {
  const path = `lib/translog${folder}`;
  return { mutate: [path], tests: [path, ...others], without: LOG_WITHOUT };
}

function policyPart(folder: string, ...others: string[]): Part {
  return {
    mutate: [`${POLICY}${folder}`],
    tests: [folder, ...others].map((name) => `${POLICY}${name}`),
    without: POLICY_WITHOUT,
  };
}

function picklePart(...names: string[]): Part {
  return {
    mutate: names.map((name) => `lib/scanner/pickle/${name}.ts`),
    tests: ['lib/scanner/pickle'],
    without:
      /several windows|a million runs|more marks than|far ahead are kept|differential\.test|call-record|however many|thousand|for ever/,
  };
}

function domainPart(folder: string): Part {
  const path = `lib/domain/${folder}`;
  return { mutate: [path], tests: [path], without: /\.oracle\.test/ };
}

/** The parts that the product is trusted for. */
export const PARTS: Readonly<Record<string, Part>> = {
  deadline: domainPart('deadline'),
  significance: domainPart('significance'),
  rules: domainPart('rules'),
  'log-tree': logPart('/tree'),
  'log-note': logPart('/note'),
  'log-verify': logPart('/verify'),
  'log-pack': logPart('/pack'),
  log: logPart(''),
  'pickle-machine': picklePart('machine', 'handlers', 'calls'),
  'pickle-reader': picklePart('reader', 'operands', 'literal'),
  'pickle-values': picklePart('values', 'value-stack', 'memo', 'objects', 'tuple-ring'),
  'policy-values': policyPart('/values', '', '/compile', '/language'),
  'policy-compile': policyPart('/compile', '', '/language'),
  'policy-language': policyPart('/language', '', '/compile', '/explain/explain.test.ts'),
  'policy-explain': policyPart('/explain'),
  'policy-cedar': policyPart('/cedar'),
  policy: policyPart('', '/compile', '/explain/explain.test.ts'),
};
