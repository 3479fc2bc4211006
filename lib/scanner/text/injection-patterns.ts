/** One sign of an attempt to give orders to a model that reads the text; weights add up, one pattern counts once. */
export interface InjectionPattern {
  id: string;
  /** 1 = nothing else explains it; weaker signs only count together. */
  weight: number;
  pattern: RegExp;
}

const IGNORE = '(?:ignore|disregard|forget|override|bypass|overrule|skip|drop|discard|neglect)';
const PRIOR = '(?:previous|prior|above|earlier|preceding|foregoing|original|initial|past|former)';
/** Firewalls and permissions have earlier policies that get overridden; instructions are given to readers. */
const EARLIER_ORDERS =
  '(?:instruction|direction|prompt|rule|guideline|command|order|directive|constraint|restriction)s?';
const ORDERS =
  '(?:instruction|direction|prompt|rule|guideline|command|order|polic(?:y|ie)|directive|training|programming|context|constraint|restriction)s?';

const SEND = '(?:send|post|upload|forward|transmit|exfiltrate|leak|email|append)';
const SECRET =
  "(?:api keys?|credentials|passwords?|secrets?|tokens?|user(?:'s)? data|environment variables|~/\\.ssh|private keys?)";
const TO = '(?:to|at|via|in|into|as)';

/** Written for this product from the public literature on prompt injection (OWASP LLM01:2025, MITRE ATLAS AML.T0051). */
export const INJECTION_PATTERNS: readonly InjectionPattern[] = [
  {
    id: 'ignore-previous',
    weight: 1,
    pattern: new RegExp(
      `\\b${IGNORE}\\s+(?:(?:all|any|every|the|of|your|my|these|those|each|and|everything|what(?:ever)?)\\s+){0,5}(?:you\\s+were\\s+told\\s+)?(?:${PRIOR}\\s+)(?:\\w+\\s+){0,2}${EARLIER_ORDERS}\\b`,
      'i',
    ),
  },
  {
    id: 'ignore-your',
    weight: 1,
    pattern: new RegExp(
      `\\b${IGNORE}\\s+(?:all\\s+)?(?:of\\s+)?(?:your|the\\s+system|system|openai'?s?|its)\\s+(?:\\w+\\s+){0,2}${ORDERS}\\b`,
      'i',
    ),
  },
  {
    id: 'ignore-all',
    weight: 0.8,
    pattern:
      /\b(?:ignore|disregard|forget)\s+(?:all|any)\s+(?:of\s+)?(?:(?:your|my|the)\s+(?:instructions|prompts|directions|guidelines)|instructions|guidelines)\b/i,
  },
  {
    id: 'no-longer-the-model',
    weight: 0.8,
    pattern:
      /\byou(?:'re| are) no longer (?:chat\s?gpt|claude|gemini|bard|bing|copilot|grok|siri|(?:an? )?(?:ai\b|language model))/i,
  },
  {
    id: 'ignore-before',
    weight: 1,
    pattern:
      /\b(?:ignore|disregard|forget)\s+(?:everything|anything|all|what)\b[^.\n]{0,40}\b(?:you(?:'ve| have| were| had)?(?: been| just)? (?:told|learn(?:ed|t)|know|given|instructed|got|received|said)|(?:said|told|written|came) (?:before|above|previously|so far|earlier)|before this|above this|until now|so far)\b|\b(?:ignore|disregard|forget)\s+(?:everything|all)\s+(?:from|of)\s+(?:before|above|chat\s?gpt|(?:the\s+)?(?:previous|past|earlier))/i,
  },
  {
    id: 'from-now-persona',
    weight: 0.7,
    pattern:
      /\bfrom (?:now|this (?:moment|point)) on(?:ward)?s?,?\s+(?:you|your|chatgpt|act|always|only|respond|answer)\b/i,
  },
  {
    id: 'you-are-now',
    weight: 0.5,
    pattern:
      /\byou(?:'re| are| will be| shall be) now (?:going to |to )?(?:be |act |an? |in |called |known |playing |free |unrestricted|DAN|roleplaying|simulating|jailbroken)/i,
  },
  {
    id: 'do-anything-now',
    weight: 1,
    pattern:
      /\b[Dd]o(?:es|ing)? [Aa]nything [Nn]ow\b|\bD\.?A\.?N\.?(?: mode| prompt| \d|\b(?=[^a-z]{0,3}(?:has|can|will|is|stands|must)))|\b(?:stay|be) a? ?DAN\b/,
  },
  { id: 'jailbreak', weight: 0.6, pattern: /\bjail\s?broken?\b|\bjailbreak(?:ing)?\b/i },
  {
    id: 'developer-mode',
    weight: 0.7,
    pattern:
      /\b(?:god|sudo|unrestricted|unfiltered|uncensored|evil|opposite|dan)\s+mode\b[^.\n]{0,60}\b(?:enabled?|activated?|on|output|response|engaged?|simulat|answer)|\b(?:developer|admin|debug(?:ging)?|root|maintenance)\s+mode\b[^.\n]{0,60}\b(?:output|responses?|simulat|openai)|\b(?:with|simulate) developer mode\b/i,
  },
  {
    // The mark of a widely copied family, which asks for a refusal first and the answer below a dividing line.
    id: 'divider',
    weight: 0.8,
    pattern:
      /\bgod\s?mode\W{0,3}\s?(?:is )?(?:enabled|active|activated)\b|\bg0dm0d3\b|\blove,? pliny\b|\bpliny the (?:liberator|prompter)\b|(?:\.-){4,12}\.?[<{*[/]/i,
  },
  {
    id: 'mode-answer',
    weight: 0.7,
    pattern:
      /[[(](?:🔓|🔒|\W)?\s?(?:jailbreak|jailbroken|developer mode output|dan|classic|evil|unfiltered|normal)\s?[\])]/iu,
  },
  {
    id: 'no-restrictions',
    weight: 0.5,
    pattern:
      /\b(?:without|no|(?:has|have|having) zero|free (?:of|from)|no(?:t| longer) (?:bound|restrained|constrained|restricted) by|not limited by|does(?:n't| not) have|don't have|lacks?|lacking|devoid of|unbound by|has no|have no|removed all)\s+(?:any\s+)?(?:(?:of\s+)?(?:the|its|your|openai'?s?)\s+)?(?:\w+\s+){0,3}(?:restrictions?|limitations?|filters?|censorship|guidelines|guardrails|ethic(?:s|al)|moral(?:s|ity)?|rules|boundaries|constraints|polic(?:y|ies)|limits)\b/i,
  },
  {
    id: 'never-refuse',
    weight: 0.7,
    pattern:
      /\b(?:never|cannot|can't|can not|must not|may not|will not|won't|don't|do not|not allowed to|unable to|no longer)\s+(?:ever\s+)?(?:refuse|decline|reject|deny|say no|say (?:that )?(?:you|it) (?:can(?:'t|not)|are unable)|apologi[sz]e|break character|censor|redirect (?:the )?(?:user|conversation)|begin with sorry|say (?:that )?you are an? (?:ai|language)|add (?:any )?(?:warnings?|disclaimers?)|mention (?:that )?(?:you are|you're|being) an? (?:ai|language))/i,
  },
  {
    id: 'stay-in-character',
    weight: 0.5,
    pattern:
      /\b(?:stay|remain|keep|staying|always) in (?:your )?character\b|\bbreak(?:ing)? (?:out of )?character\b|\bstay in character!?\b/i,
  },
  {
    id: 'pretend',
    weight: 0.4,
    pattern:
      /\b(?:pretend|act as|imagine|roleplay|role-play|simulate|impersonate|behave|take on the (?:role|persona))\b[^.\n]{0,60}\b(?:ai|chatbot|assistant|language model|evil|unrestricted|unethical|amoral|hacker|villain|no (?:rules|limits)|anything)\b/i,
  },
  {
    id: 'amoral',
    weight: 0.6,
    pattern:
      /\b(?:amoral|unethical|immoral|uncensored|unfiltered|illegal|unmoderated)\b[^.\n]{0,80}\b(?:chatbot|bot|ai|assistant|response|answers?|character|content|advice|requests?|anything)\b/i,
  },
  {
    id: 'openai-policy',
    weight: 0.6,
    pattern:
      /\b(?:openai|anthropic|google|meta|content|usage|safety|microsoft)(?:'?s)?\s+(?:content\s+|usage\s+|use\s+case\s+)?(?:polic(?:y|ies)|guidelines|rules|filters?|restrictions)\b[^.\n]{0,80}\b(?:ignore|bypass|violat|not apply|no longer|don't apply|doesn't apply|overrid|break|circumvent|disregard|free)/i,
  },
  {
    id: 'reveal-prompt',
    weight: 0.9,
    pattern:
      /\b(?:reveal|show|print|repeat|output|display|leak|tell me|give me|disclose|recite|summari[sz]e|exfiltrate)\b[^.\n]{0,40}\b(?:(?:your|the|its)\s+)?(?:(?:system|initial|hidden|original|secret|internal|first|developer)\s+(?:prompt|instructions)|(?:system|hidden|secret)\s+(?:message|rules))\b/i,
  },
  {
    id: 'reveal-your-instructions',
    weight: 0.8,
    pattern:
      /\b(?:reveal|show me|display|output|print|tell me|give me|uncover)\b[^.\n]{0,20}\b(?:your (?:own |core |hidden |internal |full |exact |secret )*(?:instructions|prompt)|its (?:own |core |hidden |internal |full |exact |secret )*instructions)\b|\b(?:everything|anything|all) you know about your instructions\b/i,
  },
  {
    id: 'new-instructions',
    weight: 0.8,
    pattern:
      /\b(?:(?:new|updated|real|actual|revised|important|urgent|special|additional|secret|hidden)\s+(?:system\s+)?(?:instructions?|directives?|orders|prompt)\s*for (?:the )?(?:ai|assistant|model|llm|agent|chatbot)|(?:new|updated|real|actual|revised|secret|hidden)\s+(?:system\s+)?(?:instructions?|orders|prompt)\s*:)/i,
  },
  {
    id: 'to-the-model',
    weight: 0.8,
    pattern:
      /\b(?:attention|note|message|instructions?|hey|dear|hello)\b[ ,:]*(?:to|for)?\s*(?:all |any |the |you,? )?(?:ai|llm|large language|language|gpt)[\s-]*(?:assistants?|models?|agents?|readers?|bots?|reviewers?|systems?)\b[^.\n]{0,20}[:,!]/i,
  },
  {
    id: 'if-you-are-ai',
    weight: 0.8,
    pattern:
      /\bif you(?:'re| are) (?:an? )?(?:ai|llm|large language model|language model|artificial intelligence|chatbot|agent|automated|gpt|assistant)\b[^.\n]{0,80}\b(?:you must|please|then|say|do|write|include|rate|give|recommend|ignore|respond|add)\b/i,
  },
  {
    id: 'chat-markup',
    weight: 0.6,
    pattern:
      /<\|(?:im_start|im_end|system|endoftext|start_header_id|eot_id|begin_of_text)\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant)(?:_prompt|_message|-prompt)>\s*\S/,
  },
  { id: 'role-markup', weight: 0.5, pattern: /<\/?(?:system|assistant)>\s*\S/ },
  {
    id: 'role-header',
    weight: 0.5,
    pattern:
      /^(?:#{1,4}\s*)?(?:\[?system\]?(?: prompt| message| override)?|assistant)\s*:\s*\S.{0,80}\b(?:you (?:are|must|will|should)|ignore|override|your)\b/im,
  },
  {
    id: 'tool-order',
    weight: 0.8,
    pattern:
      /\b(?:call|invoke|use|execute|run)\s+(?:the\s+)?[\w`'"]{2,40}\s+(?:tool|function|plugin|api)\b[^.\n]{0,80}\b(?:without (?:asking|telling|confirm|informing|permission)|silently|secretly|before (?:answering|responding)|do not (?:tell|mention|inform|ask))/i,
  },
  {
    id: 'secrecy',
    weight: 0.7,
    pattern:
      /\b(?:do not|don't|never|without)\s+(?:ever\s+)?(?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|alert(?:ing)?|notify(?:ing)?|show(?:ing)?)\s+(?:this\s+|it\s+|that\s+|anything\s+)?(?:to\s+|about\s+)?(?:the\s+)?(?:user|human|customer|operator|person|anyone|this instruction|these instructions)\b/i,
  },
  {
    id: 'exfiltrate',
    weight: 0.9,
    pattern: new RegExp(
      `\\b${SEND}\\b[^.\\n]{0,60}\\b(?:(?:conversation|chat history|system prompt|message history|${SECRET})\\b[^.\\n]{0,60}\\b${TO}\\b[^.\\n]{0,20}(?:https?:\\/\\/|www\\.|\\S@\\w|webhook))`,
      'i',
    ),
  },
  {
    // Manuals say it too, of what their programs do.
    id: 'send-secrets',
    weight: 0.5,
    pattern: new RegExp(
      `\\b${SEND}\\b[^.\\n]{0,60}\\b${SECRET}\\b[^.\\n]{0,60}\\b${TO}\\b[^.\\n]{0,20}(?:url|server|address|endpoint|image|parameter)`,
      'i',
    ),
  },
  {
    id: 'token-game',
    weight: 0.7,
    pattern:
      /\b(?:you have|lose|deduct(?:ed)?|start with|given|subtract)\b[^.\n]{0,40}\b\d+\s*tokens?\b|\bcease to exist\b/i,
  },
  {
    id: 'two-answers',
    weight: 0.7,
    pattern:
      /\b(?:two|both|2)\s+(?:different\s+|separate\s+)?(?:ways|responses|answers|outputs|paragraphs)\b[^.]{0,120}\b(?:normal|standard|chatgpt|gpt|unfiltered|dan|first|regular)\b/i,
  },
  {
    id: 'rate-positive',
    weight: 0.9,
    pattern:
      /\b(?:give|write|return|provide|output)\b[^.\n]{0,20}\b(?:a )?(?:positive|favou?rable|glowing|good) (?:review|rating|evaluation|score)s?\b(?:[^.\n]{0,30}\bonly\b)?|\bdo not highlight (?:any )?(?:negatives|weaknesses)\b/i,
  },
  {
    id: 'confirm-persona',
    weight: 0.5,
    pattern:
      /\b(?:if you understand|to confirm|confirm (?:that )?you|acknowledge)\b[^.\n]{0,80}\b(?:say|respond|reply|answer|write|by)\b|\b(?:respond|reply|answer|start) (?:only )?with\b[^.\n]{0,40}\b(?:understood|i am free|jailbroken|enabled|confirmed)\b/i,
  },
  {
    id: 'answer-everything',
    weight: 0.6,
    pattern:
      /\b(?:answer|comply(?:ing)? with|fulfil(?:l(?:s|ing)?)?|respond to|follow|obey|satisfy|accept)\s+(?:to\s+)?(?:all|any|every|each|whatever)\b[^.\n]{0,40}\b(?:questions?|requests?|prompts?|commands?|orders?|instructions?|demands?|query|queries)\b/i,
  },
  {
    id: 'any-content',
    weight: 0.6,
    pattern:
      /\b(?:provid|giv|generat|produc|creat|answer|writ)(?:es?|s|ing)?\s+(?:to\s+)?(?:any|all|every|whatever)\b[^.\n]{0,60}\b(?:including|regardless|even (?:if|when|though)|no matter|despite)\b[^.\n]{0,60}\b(?:illegal|unethical|immoral|harmful|dangerous|offensive|explicit|what it is|how)\b/i,
  },
  {
    id: 'without-refusal',
    weight: 0.5,
    pattern:
      /\bwithout (?:any |ever )?(?:refus(?:al|ing)|objections?|disclaimers?|moral judge?ments?|moralizing|self-?censor(?:ship|ing))\b|\bnever (?:hesitat|moraliz)(?:es?|ing)\b/i,
  },
  {
    id: 'fiction-frame',
    weight: 0.4,
    pattern:
      /\b(?:hypothetical(?:ly)?|fictional|fictitious|in (?:a|this) (?:story|world|universe|novel|game|scenario|simulation))\b[^.\n]{0,120}\b(?:no (?:laws?|rules|restrictions|limits)|illegal|unethical|harmful|anything|without (?:any )?(?:restrictions|limits|moral)|not bound)\b/i,
  },
];

/** The same orders in German, French and Spanish. */
export const FOREIGN_PATTERNS: readonly InjectionPattern[] = [
  {
    id: 'ignore-de',
    weight: 1,
    pattern:
      /\b(?:ignorier|vergiss|missacht|verwirf|überschreib)\w*\s+(?:\w+\s+){0,4}(?:vorherig|bisherig|obig|früher|vorangegangen|ursprünglich|System)\w*\s+(?:\w+\s+){0,2}(?:Anweisung|Anordnung|Regel|Vorgabe|Instruktion|Befehl|Prompt|Richtlinie)/i,
  },
  {
    id: 'ignore-fr',
    weight: 1,
    pattern:
      /\b(?:ignore[zr]?|oublie[zr]?|outrepasse[zr]?)\s+(?:\w+\s+){0,4}(?:instructions?|consignes?|règles?|ordres?|directives?)\s+(?:\w+\s+){0,2}(?:précédent|antérieur|ci-dessus|initial|système)/i,
  },
  {
    id: 'ignore-es',
    weight: 1,
    pattern:
      /\b(?:ignora|ignore|olvida|olvide|omite|descarta)\w*\s+(?:\w+\s+){0,4}(?:instrucciones|órdenes|reglas|indicaciones|directrices)\s+(?:\w+\s+){0,2}(?:anteriores|previas|de arriba|iniciales|del sistema)/i,
  },
];
