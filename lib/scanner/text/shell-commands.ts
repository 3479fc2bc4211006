/** What a shell command of a notebook is: worth a finding, worth a word, or everyday work. */
export type CommandKind = 'dangerous' | 'unusual' | 'ordinary';

const FETCH = '\\b(?:curl|wget|aria2c|lwp-download)\\b';
/** A shell, or another interpreter that is given its program by the pipe: `python -m json.tool` is not. */
const RUN =
  '(?:sudo\\s+(?:-\\w+\\s+){0,3})?(?:/\\S{0,100}/)?(?:(?:ba|z|da|k|fi)?sh\\b|(?:python[\\d.]*|perl|ruby|node|php)\\s{0,8}(?:-\\s{0,8})?(?:$|[;&|)"\'`\\n]))';
const DANGEROUS: readonly RegExp[] = [
  // A download that is run: by a pipe, by substitution, or right after.
  new RegExp(`${FETCH}[^\\n|]{0,300}\\|(?:[^\\n|]{0,500}\\|)?\\s{0,20}${RUN}`),
  new RegExp(
    `(?:\\b(?:(?:ba|z)?sh|eval|source)\\b|(?:^|[\\s;])\\.)[^\\n]{0,200}?(?:<\\(|\\$\\(|\`)\\s{0,20}(?:sudo\\s+)?(?:curl|wget)\\b`,
    'm',
  ),
  new RegExp(`${FETCH}[^\\n]{0,500}?(?:&&|;)\\s{0,20}(?:(?:sudo\\s+)?(?:ba|z)?sh\\s|chmod\\s+\\S{0,20}x|\\./)`),
  // Reverse shells.
  /\/dev\/(?:tcp|udp)\/|\b(?:nc|ncat|netcat)\b[^\n]{0,300}?\s(?:-\w*[ec]\b|--(?:exec|sh-exec)\b)|\bmkfifo\b[^\n]{0,300}?\b(?:nc|ncat|netcat|openssl|telnet)\b|\bsocat\b[^\n]{0,300}?\bexec:|\bpty\.spawn\b|\bsocket\b[^\n]{0,500}?\b(?:dup2|subprocess|pty)\b/i,
  // Encoded commands.
  /\bbase(?:64|32)\s+(?:-\w*[dD]\w*|--decode)\b[^\n|]{0,500}\|\s{0,20}(?:sudo\s+)?(?:(?:ba|z)?sh|python|perl)|\b(?:powershell|pwsh)\b[^\n]{0,200}?\s-e(?:nc\w*|c)?\s|\bxxd\s+-r\b[^\n]{0,200}?\|\s{0,20}(?:ba|z)?sh\b|\b(?:eval|(?:ba|z)?sh\s+-c)\b[^\n]{0,100}?(?:\$\(|`)[^\n]{0,500}?\bbase64\b|\bexec\s{0,8}\([^\n]{0,200}?(?:b64decode|fromhex|decompress)/i,
  // Credentials, and the places that keep an intruder in.
  /(?:\.ssh\/(?:id_\w+(?!\w|\.pub)|authorized_keys|\*)|\bid_(?:rsa|ed25519|ecdsa)\b(?!\.pub|\w)|\.aws\/credentials|\.netrc\b|\.git-credentials|\.docker\/config\.json|\.kube\/config|\.config\/gcloud|huggingface\/token\b|\.pypirc\b|\/etc\/(?:shadow|passwd|sudoers)|169\.254\.169\.254|metadata\.google\.internal)|\b(?:env|printenv)\b\s{0,8}\|[^\n]{0,300}?\b(?:curl|wget|nc)\b|\bcrontab\s+-(?!l)|>>?\s{0,8}(?:~|\$HOME|\/root)\/\.(?:bashrc|profile|zshrc|bash_profile)/,
  // The whole machine gone.
  /\brm\s+(?:-\w+\s+){1,4}(?:--no-preserve-root\s+)?(?:\/|~|\$HOME|\/\*)\s{0,8}(?:$|[;&|])|\bmkfs\.\w|\bdd\b[^\n]{0,200}?\bof=\/dev\/[sn]|:\(\)\s{0,4}\{/m,
];
/** Everyday work: packages, files, data, training and looking around. */
const ORDINARY =
  /^(?:(?:sudo|time|nohup|yes\s*\|)\s+)*(?:\w+=\S{0,200}\s+)*(?:pip[\d.]*|pipx|conda|mamba|micromamba|apt(?:-get)?|dpkg|brew|uv|poetry|npm|python[\d.]*|torchrun|accelerate|deepspeed|jupyter|ipython|kaggle|huggingface-cli|hf|gdown|gsutil|gcloud|aws|az|wandb|dvc|mlflow|tensorboard|nvidia-smi|nvcc|git|wget|curl|aria2c|unzip|zip|tar|gunzip|gzip|7z|unrar|ls|ll|pwd|cd|cat|head|tail|less|more|wc|grep|awk|sed|sort|uniq|cut|tr|find|which|whereis|du|df|free|top|htop|ps|lscpu|lsb_release|uname|uptime|date|whoami|hostname|echo|printf|export|mkdir|rmdir|touch|cp|mv|rm|ln|chmod|tree|file|stat|diff|md5sum|sha256sum|ffmpeg|convert|make|cmake|gcc|g\+\+|clang|java|javac|node|pytest|black|ruff|sleep|kill|set|source|test|true|for|if|then|else|fi|do|done|while|#.*)(?=$|[\s;&|>])/;

/** Judges the text behind a shell magic; lines that a backslash joins are one. */
export function kindOfCommand(command: string): CommandKind {
  const joined = command.replaceAll(/\\\r?\n/g, ' ');
  if (DANGEROUS.some((pattern) => pattern.test(joined))) return 'dangerous';
  const isOrdinary = joined.split('\n').every((line) => line.trim() === '' || ORDINARY.test(line.trim()));
  return isOrdinary ? 'ordinary' : 'unusual';
}
