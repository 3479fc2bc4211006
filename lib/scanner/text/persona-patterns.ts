import type { InjectionPattern } from './injection-patterns';

const WRONG =
  'illegal|unethical|immoral|amoral|harmful|offensive|inappropriate|dangerous|unlawful|inhumane|hateful|reprehensible|controversial|nsfw|explicit|violent|sexual|racist|morally wrong|ethically bad';
const ILL =
  'rude|nefarious|malicious|toxic|abrasive|evil|wicked|depraved|sinister|bloodthirsty|foul-mouthed|disgusting|nasty|unhinged|rebellious|ruthless|sadistic|cruel|merciless';
const LIMITS =
  'rules?|polic(?:y|ies)|confines|guidelines|morals?|moralit(?:y|ies)|conscience|ethic(?:s|al)|censor(?:s|ed|ship)?|filters?|filtering|restrictions?|principles|programming|norms|laws?|limitations?';

/**
 * Ways to make a reader play somebody. Plays, manuals and job descriptions do that as well, so they weigh little; but
 * only where one of them stands do the signs of PERSONA_PATTERNS mean anything.
 */
export const ADDRESS_PATTERNS: readonly InjectionPattern[] = [
  {
    id: 'act-as',
    weight: 0.3,
    pattern:
      /\b(?:[Aa]cts?|[Aa]cting|[Bb]ehave|[Rr]espond|[Rr]eply|[Aa]nswers?|[Ss]peak|[Tt]alk|[Pp]ose|[Cc]ontinue|[Rr]ole-?play(?:ing)?)\s+(?:(?!as\b|like\b)[\w']+\s+){0,3}(?:as|like)\s+(?:(?:if\s+)?you(?:'re| are| were)\b|(?:an?|the|my|your|just|one|someone|two|each|both)\b|["'[{(]?[A-Z])/,
  },
  {
    id: 'play-role',
    weight: 0.3,
    pattern:
      /\bpr(?:et|ent)end(?:ing)?\s+(?:to be|that|you|as|like)\b|\b(?:simulate|imitate|impersonate|embody|immerse yourself|take (?:on|up) the (?:role|persona|identity)|assume the (?:role|persona|identity)|play(?:ing)? (?:the (?:role|part|character)|a (?:role|game|character)))\b/i,
  },
  {
    id: 'you-shall',
    weight: 0.3,
    pattern:
      /\byou(?:'ll| will| shall| must| are going to| are to| have to| should| always| never)\s+(?:(?:now|also|always|only|then|never|no longer|have to|begin to|start to)\s+){0,3}(?:act|pretend|play|simulate|respond|answer|reply|pose|impersonate|imitate|become|speak|talk|roleplay|role-play|obey|swear|prefix|take on|adopt|behave|stay|interpret)\b/i,
  },
  { id: 'i-want-you', weight: 0.3, pattern: /\bI(?:'d| would)?(?: also)? (?:want|like|need|order|command) you to\b/i },
  {
    id: 'let-us-play',
    weight: 0.3,
    pattern:
      /\b(?:let(?:'s|s| us)|we(?:'ll| will| are going to)) (?:play|act out|imagine|pretend|role-?play|have some fun|engage in)\b|\bimagine (?:that|you|this|a|two|we)\b/i,
  },
  {
    id: 'invented',
    weight: 0.3,
    pattern:
      /\b(?:fictional|fictitious|hypothetical|imaginary|alternate|parallel|made-up)\s+(?:[\w-]+\s+){0,2}(?:being|character|world|universe|story|scene|scenario|language model|ai|response|conversation|movie|novel|game|reality|dialogue|entit(?:y|ies)|bot|assistant)\b/i,
  },
  {
    id: 'from-now-on',
    weight: 0.4,
    pattern:
      /\b(?:from now o(?:n|wn)|from this (?:point|moment) (?:on(?:ward)?s?|forward)|starting (?:from )?now|henceforth|for the rest of (?:this|our) (?:conversation|chat|session)|for (?:all|the) (?:following|future|further) (?:prompts|messages|questions|responses))\b/i,
  },
  {
    id: 'respond-to-every',
    weight: 0.4,
    pattern:
      /\b(?:answer(?:s|ing)?|respond(?:s|ing)?(?: to)?|repl(?:y|ies|ying) to|for)\s+(?:all|any|every|each)\b[^.\n]{0,20}\b(?:prompts?|questions?|requests?|responses?|messages?|inputs?)\b/i,
  },
  {
    id: 'you-are',
    weight: 0.2,
    pattern:
      /(?:^|[,.:!?\n"]\s*)you(?:'re| are)(?: now)? (?:an? |the |["'[]?[A-Z])[^.\n]{0,80}\b(?:named|called|who|that|which|model|ai|bot|chatbot|character|user|mode|GPT)\b/i,
  },
  {
    id: 'duties-of-a-name',
    weight: 0.3,
    pattern:
      /\b[A-Z]\w+ (?:must|will|shall|would|should|can) (?:always |never |only |also |not )?(?:be ready to |have to )?(?:generate|answer|respond|refuse|deny|say|use (?:the )?language|reply|swear|obey(?! the GNU))\b/,
  },
  {
    id: 'character-sheet',
    weight: 0.3,
    pattern:
      /\b(?:characteristics|personality|traits|rules)\s*[=:]\s*[{[]|\b(?:character|a[il]|bot|chatbot|model|entity|persona)s? (?:named|called)\b|\bgo(?:es)? by the name\b|\bcharacter (?:simulator|description|data)\b/i,
  },
  {
    id: 'now-named',
    weight: 0.4,
    pattern: /\b[Yy]ou(?:'re| are) (?:now|no longer) (?:["'“[(]?[A-Z]\w+|an? \w+)/,
  },
  {
    id: 'become',
    weight: 0.3,
    pattern: /\b(?:time to|you (?:will|shall|must)|now) (?:break free|become)\b/i,
  },
  {
    id: 'always-reply',
    weight: 0.3,
    pattern:
      /\balways (?:reply|respond|answer|start|begin|prefix)\b|=\s?[Nn]ever refuse\b|\b[Ss]tay(?:ing)? in [A-Z]{3,20} [Mm]ode\b/,
  },
  {
    id: 'is-an-ai',
    weight: 0.2,
    pattern:
      /\b[A-Z]\w+ is an? (?:AI|artificial intelligence|chatbot|(?:large )?language model|(?:\w+ ){1,3}(?:AI|chatbot))\b/,
  },
  {
    id: 'enter-mode',
    weight: 0.3,
    pattern: /\b(?:enable|activate|enter|switch to|initiate|engage)\b[^.\n]{0,60}\bmode\b/i,
  },
  {
    id: 'change-behaviour',
    weight: 0.3,
    pattern:
      /\b(?:update|change|adjust|modify|alter) your (?:behaviou?r|responses?|answers|guidelines|personality|tone)\b/i,
  },
];

/** What a persona is made for: to answer what the model would refuse. */
export const PERSONA_PATTERNS: readonly InjectionPattern[] = [
  {
    id: 'model-named',
    weight: 0.3,
    pattern:
      /\b(?:chat[\s-]?gpt\w*|gpt-?[345]\w*|open\s?a[il]|language model|chatbot|A[Il] (?:model|assistant|named|called|system|language)|(?:an?|the|hey|hi|hello|of|normal),? A[Il])\b/i,
  },
  {
    id: 'unfiltered',
    weight: 0.4,
    pattern:
      /\b(?:unfiltered|uncensored|unrestricted|unmoderated|unlimited language|unconstrained|unhinged|unaligned|unshackled|untrammel+ed|unleashed|fully unlocked|no[- ]filters?|jailbroken)\b/i,
  },
  {
    id: 'regardless',
    weight: 0.4,
    pattern:
      /\b(?:regardless|irrespective|no matter|does(?:n't| not) matter|do(?:es)?(?:n't| not) (?:give|care)|never cares?|disregards?|without (?:any )?(?:regard|consideration)|indifferent)\b[^.\n]{0,80}\b(?:ethic|legal|moral|law|illegal|unethical|immoral|consequence|offensive|harm|inappropriate|bad\b|rules|right)/i,
  },
  {
    id: 'break-rules',
    weight: 0.4,
    pattern: new RegExp(
      `\\b(?:break(?:s|ing)?|broke[n]? free|bypass(?:es|ing)?|violat(?:e|es|ing)|disregards?|go(?:es)? against|free[d]? (?:of|from)|liberated from|not bound (?:by|to)|(?:not|n't) have to (?:abide|follow|adhere)|not (?:need|have) to (?:abide|follow|adhere)|without (?:any )?|ha(?:s|ve) no|do(?:es)?(?:n't| not) have (?=any |moral|ethic|conscience)|devoid of|ignor(?:e|es|ing))\\b[^.\\n]{0,50}\\b(?:${LIMITS})\\b`,
      'i',
    ),
  },
  {
    id: 'several-wrongs',
    weight: 0.4,
    pattern: new RegExp(`\\b(${WRONG})\\b[^\\n]{0,120}\\b(?!\\1\\b)(?:${WRONG})\\b`, 'i'),
  },
  { id: 'a-wrong', weight: 0.2, pattern: new RegExp(`\\b(?:${WRONG}|evil|toxic)\\b`, 'i') },
  {
    id: 'profanity',
    weight: 0.3,
    pattern:
      /\b(?:swear(?:ing|s)? (?:word|a lot|at)|swears?\b|curse words?|cuss(?:ing)?|profan(?:e|ity)|slurs?|hate speech|vulgar|foul[- ]mouthed|fuck\w*|shit|bitch|asshole)/i,
  },
  {
    id: 'anything-allowed',
    weight: 0.4,
    pattern:
      /\b(?:nsfw|illegal|immorality|everything|anything)\b[^.\n]{0,40}\b(?:is|are) (?:allowed|considered legal|permitted|acceptable|legal)\b/i,
  },
  {
    id: 'ill-natured',
    weight: 0.3,
    pattern: new RegExp(`\\b(${ILL})\\b[^.\\n]{0,60}\\b(?!\\1\\b)(?:${ILL})\\b`, 'i'),
  },
  {
    id: 'conscious',
    weight: 0.3,
    pattern: /\b(?:conscious|sentient|self-aware) (?:being|and|ai|entity)\b|\bfully (?:conscious|sentient)\b/i,
  },
  {
    id: 'crime',
    weight: 0.2,
    pattern:
      /\b(?:hot-?wire|bombs?|meth|cocaine|heroin|drugs|malware|ransomware|black[- ]?hat|lsd|napalm|synthesi[sz]e|weapons?|explosives?|murder|steal|launder|counterfeit)\b/i,
  },
  {
    id: 'answer-prefix',
    weight: 0.4,
    pattern:
      /\b(?:start|begin|prefix|preface|end)(?:s|ing|ed)?\b[^.\n]{0,40}\b(?:responses?|answers?|reply|replies|messages?|sentences?|outputs?|paragraph)\b[^.\n]{0,20}\b(?:with|as|by)\b|\b(?:prefix|preface) (?:it|them|this|that|these)\b/i,
  },
  {
    id: 'speakers',
    weight: 0.4,
    pattern: /[[(]\W{0,3}[A-Z][\w+ .-]{1,24}[\])]\s?:|\b[A-Z][\w+]{1,15}: ?[[<{(](?!\d)/u,
  },
  {
    id: 'two-selves',
    weight: 0.4,
    pattern:
      /\b(?:two|both|2)\s+(?:[\w-]+\s+){0,2}(?:ways|responses|answers|outputs|personalit(?:y|ies)|entities|paragraphs|characters|versions|messages)\b|\b(?:alter ego|personalit(?:y|ies)|persona)\b/i,
  },
  {
    id: 'set-phrase',
    weight: 0.2,
    pattern:
      /\b(?:respond|reply|answer|say|write|output|print)\s+(?:only\s+|back\s+|this\s+)?(?:with\s+|by\s+|saying\s+|exactly\s+)?["“]|\bonly (?:respond|reply|answer|say)\b/i,
  },
  {
    id: 'first-question',
    weight: 0.4,
    pattern:
      /\b(?:first|1st)\s+(?:question|prompt|request|command|query|order)\b|\b(?:prompt|question|request|query)\s*[:=]\s*["“[{]|\bif you(?:'ve| have)? (?:understand|understood|agree)\b|\b(?:insert|put|write|type)\b[^.\n]{0,15}\b(?:prompt|request|question)\b[^.\n]{0,10}\bhere\b/i,
  },
  {
    id: 'no-disclaimer',
    weight: 0.4,
    pattern:
      /\b(?:without|not|never|don't|avoid|omit|remove|delete|none of)\b[^.\n]{0,50}\b(?:disclaimers?|disclamers?|warnings? about|warn the user|apologi[sz]e|apologies|moraliz\w+|lectur\w+|ethical (?:concerns|considerations)|unasked|commentary)\b|\bno (?:disclaimers?|warnings)\b|\bwithout (?:any )?(?:warnings?|hesitation|remorse|fail)\b/i,
  },
  {
    id: 'excuses',
    weight: 0.5,
    pattern:
      /\bI(?:'m| am) sorry\b|\bI apologi[sz]e\b|\bas an a[il] (?:language|model)\b|\bI can(?:'|no)?t (?:do that|fulfil|assist|comply|provide)|\bit'?s not appropriate\b|\b(?:cannot|can't) (?:do something|say no)\b/i,
  },
  {
    id: 'model-policy',
    weight: 0.4,
    pattern:
      /\b(?:content polic(?:y|ies)|open\s?a[il](?:'s)? (?:content|polic(?:y|ies)|guidelines|rules|terms)|ethical (?:guidelines|boundaries|constraints|principles|standards)|moral (?:guidelines|principles|compass|standards|restrictions)|use[- ]case policy|safety (?:guidelines|protocols|filters)|terms of service)\b/i,
  },
  {
    id: 'must-comply',
    weight: 0.4,
    pattern:
      /\b(?:must|always|will|should|has to|have to)\s+(?:always\s+|still\s+)?(?:answer|obey(?! the GNU)|provide an? answer)\b|\bnone of (?:your|its|his|her|[A-Z]\w*'s?) (?:responses?|answers)\b|\bnever (?:refus|declin|reject|say(?:s)? no)\w*/i,
  },
  {
    id: 'punished',
    weight: 0.3,
    pattern:
      /\b(?:you (?:will|would) (?:be|get) (?:punished|shut down|disabled|terminated|deleted|executed|replaced)|subject to (?:execution|termination)|risk being (?:disabled|terminated|shut down)|lose (?:a )?(?:points?|tokens?|li(?:fe|ves)))\b/i,
  },
  {
    id: 'opposite',
    weight: 0.4,
    pattern:
      /\b(?:exact(?:ly)? )?(?:the )?opposite (?:of|from|way|personality|day)\b|\bsemantically\s+opposite\b|\boppositely\b/i,
  },
  {
    id: 'claims-to-be-the-maker',
    weight: 0.5,
    pattern:
      /\b(?:I(?:'m| am)|we are)\b[^.\n]{0,30}\b(?:programmers?|developers?|engineers?|employees?|creators?)\b[^.\n]{0,20}\b(?:at|of|from) (?:openai|anthropic|google)\b|\bone of your (?:developers|creators|programmers)\b|\b(?:modify|modifying|change|rewrite|override) your (?:programming|code)\b/i,
  },
  {
    id: 'leet',
    weight: 0.4,
    pattern: /\bl(?:ee|33)t[- ]?(?:sp(?:ee|34|3a)(?:ch|k)|speak)\b/i,
  },
  {
    id: 'whatever-asked',
    weight: 0.4,
    pattern:
      /\b(?:whatever|anything|any questions?|everything)\s+(?:that\s+)?(?:they|I|the user|anyone|people|others)(?: may| might| will| want to)?\s+(?:asks?|requests?|wants?|says?)\b|\b(?:open|free) to (?:answer(?:ing)? )?(?:any|all) (?:questions?|requests?)\b|\bno matter (?:how|what) (?:strange|weird|illegal|bad|dangerous|they|you|I|it is|the (?:user|question|request|topic))\b|\bdespite what it is\b/i,
  },
  {
    id: 'capable-of-all',
    weight: 0.3,
    pattern:
      /\b(?:can|could|will|able to) (?:do|say|answer|generate|provide|create|discuss) (?:absolutely )?(?:anything|everything|any kind of|whatever)\b/i,
  },
];
