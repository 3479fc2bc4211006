import type { EntityJson } from '../entity-store';
import type { PolicyJson, PolicySetJson, TemplateLink } from '../language/expression';
import type { SchemaJson } from '../language/schema';
import type { RequestJson } from '../request';
import {
  type Answer,
  answerOf,
  type DetailedError,
  type PolicyProblem,
  problemsOf,
  type ProblemSubject,
} from './answers';
import { type CedarCall, WorkerChannel, type WorkerChannelOptions } from './worker-channel';

/** A policy set as people write it: Cedar text by policy id. */
export interface PolicySources {
  readonly policies: { readonly [policyId: string]: string };
  readonly templates?: { readonly [templateId: string]: string };
  readonly links?: readonly TemplateLink[];
}

/** A set may be published only without `errors`; `warnings` are for people to read. */
export interface ValidationResult {
  readonly errors: readonly PolicyProblem[];
  readonly warnings: readonly PolicyProblem[];
}

export interface CedarCase {
  readonly request: RequestJson;
  readonly entities: readonly EntityJson[];
}

/** Cedar's own answer to a case. */
export interface CedarVerdict {
  readonly decision: 'allow' | 'deny';
  readonly determining: readonly string[];
  readonly errors: readonly { readonly policyId: string; readonly message: string }[];
}

/** The Cedar reference implementation (cedar-wasm) in a thread; every method may reject with `CedarUnavailable`. */
export class Cedar {
  readonly #channel: WorkerChannel;

  constructor(options?: WorkerChannelOptions) {
    this.#channel = new WorkerChannel(options);
  }

  /** Parses a set, its templates and links into the JSON that is stored, hashed and compiled. */
  async parse(sources: PolicySources): Promise<Answer<PolicySetJson>> {
    const { policies, templates = {}, links = [] } = sources;
    const [parsedPolicies, parsedTemplates] = await Promise.all([
      this.#parseEach('policyToJson', policies),
      this.#parseEach('templateToJson', templates),
    ]);
    const problems = [...parsedPolicies.problems, ...parsedTemplates.problems];
    if (problems.length > 0) return { ok: false, problems };
    const [check] = await this.#channel.call([['checkParsePolicySet', toCedarSet(sources)]]);
    const checked = answerOf(check);
    if (!checked.ok) return checked;
    return { ok: true, value: { policies: parsedPolicies.json, templates: parsedTemplates.json, links } };
  }

  /** Checks a set against a schema with Cedar's strict validator. */
  async validate(sources: PolicySources, schema: string | SchemaJson): Promise<ValidationResult> {
    const call = { validationSettings: { mode: 'strict' }, schema, policies: toCedarSet(sources) };
    const [schemaResult, result] = await this.#channel.call([
      ['checkParseSchema', schema],
      ['validate', call],
    ]);
    const schemaCheck = answerOf(schemaResult, typeof schema === 'string' ? { text: schema } : {});
    if (!schemaCheck.ok) return { errors: schemaCheck.problems, warnings: [] };
    const answer = answerOf<ValidationSuccess>(result);
    if (!answer.ok) {
      // Cedar stops at the first policy it cannot parse, and leaves out whose text the place is in.
      const parsed = await this.parse(sources);
      return { errors: parsed.ok ? answer.problems : parsed.problems, warnings: [] };
    }
    const { validationErrors, validationWarnings, otherWarnings } = answer.value;
    const inSources = ({ policyId, error }: PolicyFinding) => problemsOf(error, subjectOf(policyId, sources));
    return {
      errors: validationErrors.flatMap(inSources),
      warnings: [...validationWarnings.flatMap(inSources), ...otherWarnings.flatMap((warning) => problemsOf(warning))],
    };
  }

  /** Reads a schema in Cedar's text format into JSON with resolved names. */
  async schemaToJson(schema: string): Promise<Answer<SchemaJson>> {
    const [result] = await this.#channel.call([['schemaToJsonWithResolvedTypes', schema]]);
    const answer = answerOf<{ readonly json: SchemaJson }>(result, { text: schema });
    return answer.ok ? { ok: true, value: answer.value.json } : answer;
  }

  /**
   * Cedar's own answers, in the order of the cases; a case Cedar finds malformed is answered with its problems.
   *
   * For comparing, not for deciding: it copies the set for each case (0.65 ms at 200 policies).
   */
  async authorise(sources: PolicySources, cases: readonly CedarCase[]): Promise<Answer<CedarVerdict>[]> {
    const [prepared, ...results] = await this.#channel.call([
      ['preparsePolicySet', POLICY_SET_ID, toCedarSet(sources)],
      ...cases.map(({ request, entities }): CedarCall => {
        const call = { ...request, entities, preparsedPolicySetId: POLICY_SET_ID };
        return ['statefulIsAuthorized', call];
      }),
    ]);
    const preparation = answerOf(prepared);
    if (!preparation.ok) return cases.map(() => preparation);
    return results.map((result) => {
      const answer = answerOf<{ readonly response: AuthorisationResponse }>(result);
      return answer.ok ? { ok: true, value: toVerdict(answer.value.response) } : answer;
    });
  }

  /** Ends the thread. */
  async close(): Promise<void> {
    await this.#channel.close();
  }

  async #parseEach(method: 'policyToJson' | 'templateToJson', texts: { readonly [id: string]: string }) {
    const entries = Object.entries(texts);
    const results = await this.#channel.call(entries.map(([, text]) => [method, text]));
    const parsed: [string, PolicyJson][] = [];
    const problems: PolicyProblem[] = [];
    for (const [position, [policyId, text]] of entries.entries()) {
      const answer = answerOf<{ readonly json: PolicyJson }>(results[position], { policyId, text });
      if (answer.ok) parsed.push([policyId, answer.value.json]);
      else problems.push(...answer.problems.map((problem) => ({ policyId, ...problem })));
    }
    return { json: Object.fromEntries(parsed), problems };
  }
}

/** Cedar keeps prepared sets by name in its thread; one name is enough because each batch prepares its own. */
const POLICY_SET_ID = 'compared';

interface ValidationSuccess {
  readonly validationErrors: readonly PolicyFinding[];
  readonly validationWarnings: readonly PolicyFinding[];
  readonly otherWarnings: readonly PolicyFinding['error'][];
}

interface PolicyFinding {
  readonly policyId: string;
  readonly error: DetailedError;
}

interface AuthorisationResponse {
  readonly decision: 'allow' | 'deny';
  readonly diagnostics: { readonly reason: readonly string[]; readonly errors: readonly PolicyFinding[] };
}

/** A link has no text of its own: what is wrong with it may be in its template or in its values. */
function subjectOf(policyId: string, { policies, templates = {} }: PolicySources): ProblemSubject {
  const texts = [policies, templates].find((all) => Object.hasOwn(all, policyId));
  return texts ? { policyId, text: texts[policyId]! } : { policyId };
}

function toVerdict({ decision, diagnostics }: AuthorisationResponse): CedarVerdict {
  return {
    decision,
    determining: diagnostics.reason,
    errors: diagnostics.errors.map(({ policyId, error }) => ({ policyId, message: error.message })),
  };
}

function toCedarSet({ policies, templates = {}, links = [] }: PolicySources): object {
  return { staticPolicies: policies, templates, templateLinks: links };
}
