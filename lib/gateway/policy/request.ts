import { InvalidInput } from './values/evaluation-error';
import { type EntityUidJson, type JsonRecord, parseEntityUid, parseValue } from './values/json-value';
import { CedarRecord, type EntityUid } from './values/value';

/** A question to the policy engine, in Cedar's JSON format. */
export interface RequestJson {
  readonly principal: EntityUidJson;
  readonly action: EntityUidJson;
  readonly resource: EntityUidJson;
  readonly context: JsonRecord;
}

/** May `principal` do `action` on `resource` under the circumstances of `context`? */
export interface Request {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: CedarRecord;
}

/** Reads a request; throws `InvalidInput`. */
export function parseRequest(json: RequestJson): Request {
  return {
    principal: parseEntityUid(json.principal),
    action: parseEntityUid(json.action),
    resource: parseEntityUid(json.resource),
    context: parseContext(json.context),
  };
}

/** Unlike the attributes of an entity, a context is one value and may be an escape, which then is no record. */
function parseContext(json: unknown): CedarRecord {
  const context = parseValue(json);
  if (context instanceof CedarRecord) return context;
  throw new InvalidInput('a context is a record');
}
