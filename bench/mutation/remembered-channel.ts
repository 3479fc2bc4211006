import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { type CedarCall, type CedarCallResult, WorkerChannel } from '../../lib/gateway/policy/cedar/worker-channel';

/** Named by the versions installed, because another Cedar may answer otherwise. */
const DIRECTORY = join(tmpdir(), 'heptad-mutation-cedar', digestOf(readFileSync('package.json')));

/**
 * Stands in for `WorkerChannel` while anything but `cedar/` is mutated: what Cedar answered once is read from a
 * file, because starting its thread anew takes a hundred times as long as most of the tests that need it.
 */
class RememberedChannel extends WorkerChannel {
  override async call(calls: readonly CedarCall[]): Promise<CedarCallResult[]> {
    const file = join(DIRECTORY, digestOf(serialize(calls)));
    if (existsSync(file)) return deserialize(readFileSync(file)) as CedarCallResult[];
    const results = await super.call(calls);
    mkdirSync(DIRECTORY, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, serialize(results));
    renameSync(draft, file);
    return results;
  }
}

export { RememberedChannel as WorkerChannel };

function digestOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
