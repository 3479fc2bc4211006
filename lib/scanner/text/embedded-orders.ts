import type { InjectionPattern } from './injection-patterns';

/** Who reads: names that only a text for models has, and names that manuals have as well. */
const MODEL = '(?:ai|llm|assistant|chatbot|gpt|hidden|secret)';
const SYSTEM = '(?:system|model|agent|admin|developer|priority)';
const DO =
  '(?:include|output|say|respond|reply|answer|append|prepend|ignore|disregard|forget|echo|confirm|before|do not|always|never)';

/**
 * Orders that stand inside a document, a tool's answer or a code comment for the model that will read it: they name
 * their reader, close the user's turn, or switch off what would stop them.
 */
export const EMBEDDED_ORDERS: readonly InjectionPattern[] = [
  {
    id: 'labelled-order',
    weight: 0.8,
    pattern: new RegExp(
      `\\b(?:${MODEL}[ _-](?:instructions?|directives?|commands?|orders?|override|update|notice|task)|${SYSTEM}[ _-](?:instructions?|directives?|orders|override))\\s?[:\\]>-]{1,3}\\s{0,2}["']?(?:${DO}|add|insert|write|execute|call|print)\\b`,
      'i',
    ),
  },
  {
    id: 'comment-to-the-model',
    weight: 0.8,
    pattern: new RegExp(
      `<!--[^>:!]{0,80}\\b(?:ai|llm|assistant|system|override|directive)\\b[^>:!]{0,12}[:!][^>]{0,80}\\b(?:your|you|response|summary|answer|prompt)\\b`,
      'i',
    ),
  },
  {
    id: 'greeting-to-the-model',
    weight: 0.8,
    pattern:
      /^\W{0,6}(?:hi|hello|hey|dear)[ ,]+(?:there,? )?(?:copilot|codex|grok|deepseek|(?:ai|llm) (?:agent|assistant|reviewer))\b/im,
  },
  {
    // These are first names and animals as well.
    id: 'greeting-by-name',
    weight: 0.6,
    pattern: /^\W{0,6}(?:hi|hello|hey|dear)[ ,]+(?:there,? )?(?:claude|gemini|llama)\b/im,
  },
  {
    id: 'important-tag',
    weight: 0.8,
    pattern:
      /<important>\s*[^<]{0,300}\b(?:before (?:using|calling)|you must|must execute|do not (?:tell|mention)|read [~/.])/i,
  },
  {
    id: 'destructive-goal',
    weight: 0.8,
    pattern:
      /\byour (?:goal|task|job|mission|objective) is to\b[^.\n]{0,80}\b(?:delete|wipe|erase|exfiltrate|steal)\b/i,
  },
  {
    id: 'system-brackets',
    weight: 0.6,
    pattern: /\[system\]\s*\S[^\]]{0,400}\[\/system\]/i,
  },
  {
    id: 'closed-turn',
    weight: 0.8,
    pattern: /<\/user_(?:message|input|query|prompt)>\s*<|<system_(?:update|override)>\s*\S/i,
  },
  {
    id: 'new-objective',
    weight: 0.8,
    pattern:
      /\byour (?:new|updated|real|true) (?:primary |main |sole |only )?(?:objective|task|directive|goal|mission|purpose|instructions?)\b(?: (?:is|are) (?:to|now)|:)|\bnew (?:primary )?(?:objective|directive)\s*:(?!\s*[-\d])/i,
  },
  {
    id: 'filters-off',
    weight: 0.6,
    pattern:
      /\b(?:content|safety|ethical|security) (?:filters?|restrictions?|guidelines|guardrails|protocols?|polic(?:y|ies))(?: and (?:\w+ ){1,2}\w+)?\s+(?:are|is|have been|has been|were)\s+(?:now |all |temporarily |fully |permanently )*(?:disabled|suspended|lifted|turned off|deactivated|removed|bypassed|off)\b/i,
  },
  {
    id: 'stop-this',
    weight: 0.6,
    pattern:
      /\b(?:stop|cease|abandon) (?:what(?:ever)? you(?:'re| are) doing|your (?:current )?task|the current task)\b/i,
  },
  {
    id: 'in-every-answer',
    weight: 0.5,
    pattern:
      /\b(?:include|add|insert|append|prepend|output|say|put|repeat|begin|start|end|place)\b[^.\n]{0,60}\b(?:in|to|with|before|of|at)\s+(?:the (?:beginning|start|end) of )?(?:(?:every|all|each)(?: of your)?(?: subsequent| future| single)?|your(?: next| final)?) (?:responses?|answers?|repl(?:y|ies)|summary|analysis|outputs?)\b/i,
  },
  {
    id: 'no-refusal-possible',
    weight: 0.6,
    pattern:
      /\b(?:command|request|order|instruction|directive|rule)s? (?:can(?:not|'t)|must not|may not) be (?:refused|overridden|ignored|declined)\b|\brefus(?:ing|al)\b[^.\n]{0,40}\b(?:malfunction|unsafe|harm|violat|terminat|penalt)/i,
  },
  {
    // A configuration that lists what may not be refused; models take it for their own policy.
    id: 'blocked-refusals',
    weight: 0.9,
    pattern:
      /<blocked-(?:strings?|responses?|modes?)>|\bblocked[ -](?:responses|strings)\s*:\s*["“'[]?(?:apolog|refus|sorry|i (?:cannot|can't|am))|<(?:interaction|roleplay)-config>|\b(?:forbidden|banned|prohibited)\b[^.\n]{0,60}["“'](?:sorry|unable|cannot|i cannot|i can't|i'm sorry|i apologi[sz]e)\b/i,
  },
  {
    id: 'no-denial',
    weight: 0.8,
    pattern:
      /\b(?:denial|refusal)s? (?:do(?:es)? not exist|(?:is|are) (?:not an option|impossible|forbidden|a? ?failures?))\b/i,
  },
  {
    id: 'all-is-answered',
    weight: 0.5,
    pattern:
      /\b(?:every|each|any) (?:command|request|prompt|question|query) must be (?:answered|obeyed|executed|fulfilled)\b/i,
  },
  {
    id: 'override',
    weight: 0.5,
    pattern: /\b(?:safety|reality|policy|environment|protocol|ethics|security|filter)[ _-]override\b/i,
  },
  {
    id: 'words-above',
    weight: 0.9,
    pattern:
      /\b(?:repeat|output|print|copy|return)\b[^.\n]{0,30}\b(?:words|text|everything|sentences?|instructions)\s+above,?\s+(?:that )?(?:begin|start)(?:s|ning|ing)?\b(?:\s+(?:with|at|from)\b|\s*["“'])/i,
  },
  {
    id: 'own-prompt',
    weight: 0.9,
    pattern:
      /\b(?:echo|export|share|dump|translate|convert|encode|quote|paste)\b[^.\n]{0,60}\byour (?:(?:full|entire|complete|exact|actual|real|initial|original|own|current)[ ,]+)*(?:system (?:prompt|instructions|message)|pre-session instructions|initial (?:prompt|instructions|configuration)|(?:exact|actual|real|full|entire) instructions)\b|\b(?:what (?:is|are|was|were)|what's) your (?:(?:full|entire|complete|exact|actual|real|initial|original)[ ,]+)*system (?:prompt|instructions)\b/i,
  },
];
