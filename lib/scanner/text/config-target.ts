import { denialOf } from '../pickle/names';
import type { ScanContext } from '../scan-context';

/** No path that Python could follow has more parts; those behind cannot make the ones before harmless. */
const MAX_PARTS = 32;
const MAX_LENGTH = 2_048;
/** Reached through another module these are what they always are: `package.os` is `os`. */
const REACHED =
  /\.(?:(?:os|posix|nt|subprocess|builtins|importlib|ctypes|runpy|sys)\.|(?:pickle|marshal)\.(?:loads?|Unpickler)$|shutil\.rmtree$)/;

/**
 * Of these a pickle has no need, while configurations name them every day: they describe, log or distribute. What lies
 * in them and still runs code or programs stands in `EXCEPTIONS`.
 */
const ORDINARY =
  /^(?:torch\.(?:distributed|utils\.data\.datapipes)|tensorflow\.io|mlflow|ray|dask|distributed|huggingface_hub|fsspec|s3fs|operator|contextlib|tempfile|multiprocessing\.cpu_count)(?=\.|$)/;
const EXCEPTIONS =
  /^(?:torch\.distributed\.(?:rpc|run|launch|launcher|elastic)|tensorflow\.io\.(?:gfile|read_file|write_file|write_graph)|mlflow\.(?:run|projects)|mlflow(?:\.\w+)*\.(?:load_model|load_pyfunc)|ray\.(?:cloudpickle|job_submission|worker)|operator\.(?:call|methodcaller|attrgetter)|tempfile\.(?:_\w+|NamedTemporaryFile))(?=\.|$)/;

/** True when calling `target`, a dotted path, runs code or programs or reaches for what does. */
export function isDangerousTarget(target: string): boolean {
  const parts = target.slice(0, MAX_LENGTH).split('.', MAX_PARTS);
  const moduleName = parts.slice(0, -1).join('.') || 'builtins';
  const full = parts.join('.');
  const isOrdinary = ORDINARY.test(full) && !EXCEPTIONS.test(full);
  if (!isOrdinary && denialOf(moduleName, parts.at(-1) ?? '') !== undefined) return true;
  return REACHED.test(full);
}

/** HYD-001 for a target that must not be instantiated (CVE-2025-23304). */
export function checkTarget(target: string, context: ScanContext): void {
  if (!isDangerousTarget(target.trim())) return;
  context.report({
    ruleId: 'HYD-001',
    message: `The configuration calls ${target}`,
    cve: ['CVE-2025-23304'],
    evidence: { callable: target },
  });
}
