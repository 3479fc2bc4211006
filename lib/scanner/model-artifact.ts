/** Formats that a program loads as a model; archives count, since models come in them. */
const MODEL_FORMATS = new Set([
  'pickle',
  'zip',
  'keras',
  'hdf5',
  'onnx',
  'gguf',
  'safetensors',
  'tensorflow',
  '7z',
  'gzip',
  'zlib',
  'npy',
  'tar',
]);
const MODEL_NAME =
  /\.(?:pt|pth|bin|ckpt|pkl|pickle|joblib|safetensors|gguf|onnx|h5|hdf5|keras|pb|nemo|mar|tflite|npz|npy)$/i;
const DATA_NAME = /\.(?:csv|tsv|jsonl|ndjson|parquet|arrow|ipynb)$/i;

export interface ArtifactKindFacts {
  path: string;
  format: string;
}

/** What an artifact is in a bill of materials and in the eyes of a policy that asks for signatures. */
export function kindOfArtifact({ path, format }: ArtifactKindFacts): 'model' | 'data' | 'file' {
  if (DATA_NAME.test(path)) return 'data';
  return MODEL_FORMATS.has(format) || MODEL_NAME.test(path) ? 'model' : 'file';
}
