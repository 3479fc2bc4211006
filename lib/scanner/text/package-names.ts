const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Names that others imitate. */
export const FAMOUS_PACKAGES = {
  pypi: words(`numpy scipy pandas scikit-learn matplotlib requests urllib3 tensorflow keras torch torchvision torchaudio
    transformers tokenizers datasets accelerate diffusers huggingface-hub safetensors sentencepiece langchain openai
    anthropic llama-index pydantic fastapi django flask sqlalchemy jinja2 pyyaml cryptography beautifulsoup4 selenium
    pillow opencv-python xgboost lightgbm catboost joblib setuptools python-dateutil colorama boto3 botocore jupyter
    notebook ipython pytest gradio streamlit wandb mlflow onnx onnxruntime spacy nltk gensim ultralytics bitsandbytes
    deepspeed triton sentence-transformers chromadb litellm aiohttp httpx`),
  npm: words(`react react-dom lodash express axios chalk commander webpack typescript eslint prettier jquery moment
    request async underscore vue next babel-core dotenv mongoose socket.io electron cross-env node-fetch openai
    langchain @modelcontextprotocol/sdk @anthropic-ai/sdk zod vite rollup esbuild jest mocha`),
} as const;

/** Honest packages whose names lie close to famous ones. */
export const NEAR_NAMES: ReadonlySet<string> = words(`request requests2 preact nuxt vuex lodash-es pyaml pandas2 moments
  reacts torch2 kerasx dataset tokenizer pillow-simd flasks django2 vitest jest2 next2 zod4 vites asyncs express2 eclint tslint jslint
  fastai scapy scipp torchx jinja panda grequests hrequests ctransformers ktransformers datazets openapi openap openni dydantic
  pymantic djongo beautifulsoup willow ngboost xoto3 bpython spython vpython ipytest httpr httpc http3 qkeras qtorch lmflow
  mmflow spacr gaxios ttypescript prettierx mquery reqwest vasync rsync reactn mochai`);

/** Packages withdrawn as malicious; sources: PyPI and npm advisories, PyTorch notice of 31 December 2022. */
export const MALICIOUS_PACKAGES = {
  pypi: words(`torchtriton jeilyfish python3-dateutil colourama acqusition apidev-coop urlib3 setup-tools diango djago
    dajngo djanga libpeshnx libpesh libari python-mongo pythonkafka tensorfllow tensroflow aiocpa gptplus claudeai-eng
    deepseeek deepseekai`),
  npm: words(
    'crossenv cross-env.js mongose babelcli flatmap-stream electorn loadyaml discord-selfbot-v14 bb-builder getcookies',
  ),
} as const;

/** Single releases of honest packages that carried malware, by `ecosystem:name`. */
export const MALICIOUS_VERSIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['pypi:ultralytics', ['8.3.41', '8.3.42', '8.3.45', '8.3.46']],
  ['npm:event-stream', ['3.3.6']],
  ['npm:ua-parser-js', ['0.7.29', '0.8.0', '1.0.0']],
  ['npm:coa', ['2.0.3', '2.0.4']],
  ['npm:rc', ['1.2.9']],
  ['npm:eslint-scope', ['3.7.2']],
  ['npm:chalk', ['5.6.1']],
  ['npm:debug', ['4.4.2']],
]);
