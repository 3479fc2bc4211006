import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { type CedarCall, type CedarCallResult, WorkerChannel } from '../../lib/gateway/policy/cedar/worker-channel';

const DIRECTORY = join(tmpdir(), 'heptad-mutation-cedar');

/**
 * Stands in for `WorkerChannel` while anything but `cedar/` is mutated: what Cedar answered once is read from a
 * file, because starting its thread anew takes a hundred times as long as most of the tests that need it.
 */
class RememberedChannel extends WorkerChannel {
  override async call(calls: readonly CedarCall[]): Promise<CedarCallResult[]> {
    const file = join(DIRECTORY, createHash('sha256').update(serialize(calls)).digest('hex'));
    if (existsSync(file)) return deserialize(readFileSync(file)) as CedarCallResult[];
    const results = await super.call(calls);
    mkdirSync(DIRECTORY, { recursive: true });
    writeFileSync(file, serialize(results));
    return results;
  }
}

export { RememberedChannel as WorkerChannel };
