import { describe, expect, test } from 'vitest';
import { findTemplateEscape } from './template';

describe('a template that leaves its sandbox is found (CVE-2024-34359)', () => {
  test.each([
    "{{ cycler[('__','init','__')|join][('__','globals','__')|join]['o'~'s']['po'~'pen']('id')['read']() }}",
    "{{ '}}' ~ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% if '%}' %}{{ x.__class__ }}{% endif %}",
    "{{ {'a': {'b': 1}}.__class__ }}",
    "{# {{ ' #}{{ ''.__class__ }}",
    "{% raw %}{{ '{% endraw %}{{ ''.__class__ }}",
    `{%${' '.repeat(300)}raw %}{{ '{% endraw %}{{ ''.__class__ }}`,
    "{{ '\\'' ~ ''.__class__ }}",
    "{{ ''['__cla' 'ss__'] }}",
    "{{ ''['\\137\\137class\\137\\137'] }}",
    "{{ ''['\\U0000005f\\U0000005Fclass\\U0000005f\\u005f'] }}",
    "{{ ''['\\N{LOW LINE}\\N{LOW LINE}class\\N{LOW LINE}\\N{LOW LINE}'] }}",
    "{% set i = '_' * 2 ~ 'init' ~ '_' * 2 %}{{ x[i] }}",
    "{% set u = '_' %}{% set c = 'class' %}{{ x[u + u + c + u + u] }}",
    '{% set u %}__{% endset %}{{ x[u] }}',
    "{% for i in ['%c%cinit%c%c' % (95, 95, 95, 95)] %}{{ x[i] }}{% endfor %}",
    '{% macro f() %}__init__{% endmacro %}{{ x[f()] }}',
    "{% set s = 'a_b' %}{% set u = s[1] %}{% set k = u ~ u ~ 'class' ~ u ~ u %}{{ x[k] }}",
    '{% set u = dict(a_b=1)|first|batch(1)|list %}{% set k = [u, u]|join %}{{ x[k] }}',
    "{% macro get(o, k) %}{{ o[k] }}{% endmacro %}{{ get(x, ['_', '_', 'class', '_', '_']|join) }}",
    "{% set ns = namespace(k='@@init@@'.replace('@', '_')) %}{{ x[ns.k] }}",
    "{% set ns.k = 'x'|format(95) %}{{ x[ns.k] }}",
    "{{ ''['@@class@@'|replace('@', '_')] }}",
    "{{ x[['a', 'b']|join] }}",
    '{% set c = cycler %}{{ c[x] }}',
    '{{ [lipsum][0][x] }}',
    '{{ self[x] }}',
    '{{ messages|attr(x) }}',
    "{{ messages|map('attr', x)|list }}",
    '{{ messages|map(attribute=x)|list }}',
    "{{ messages|map(attribute='__class__')|list }}",
    "{{ (messages|select).gi_frame.f_builtins['eval']('1') }}",
    "{{ (messages|select)['gi_frame']['f_back'] }}",
    '{{ m._environment.from_string(messages[0].content) }}',
    '{{ self._TemplateReference__context }}',
    '{{ dict.mro() }}',
  ])('%s', (template) => {
    expect(findTemplateEscape(template)).toBeDefined();
  });

  test('whatever its length, in linear time', () => {
    const started = performance.now();
    for (const part of ['a[', '{{ ', '{% set a = b', "('a',", 'x|map(attribute=', "a['", '{{ a[b] }}'])
      findTemplateEscape(`{{ ${part.repeat(200_000)} }}`);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('what the templates of well-known models do is silent', () => {
  test.each([
    // ChatML and Llama 2.
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}",
    "{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}{% endif %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% endfor %}",
    // Llama 3.
    '{%- if not date_string is defined %}{%- if strftime_now is defined %}{%- set date_string = strftime_now("%d %b %Y") %}{%- else %}{%- set date_string = "26 Jul 2024" %}{%- endif %}{%- endif %}{%- for t in tools %}{{- t | tojson(indent=4) }}{%- endfor %}{%- for arg_name, arg_val in tool_call.arguments | items %}{{- arg_name + \'="\' + arg_val + \'"\' }}{%- endfor %}',
    // Mistral.
    '{%- set user_messages = loop_messages | selectattr("role", "equalto", "user") | list %}{%- set ns = namespace(index=0) %}{%- for message in loop_messages if not (message.tool_calls is defined) %}{%- set ns.index = ns.index + 1 %}{{ loop_messages[ns.index + 1].content }}{%- for key, val in tool.items() if key != "return" %}{{ tool[key] }}{%- endfor %}{%- endfor %}',
    // Qwen 3.
    "{%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}{%- for message in messages[::-1] %}{%- set index = (messages|length - 1) - loop.index0 %}{%- if ns.multi_step_tool and message.role == \"user\" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}{%- set ns.last_query_index = index %}{%- endif %}{{ messages[index].content }}{{ messages[messages|length - 1] }}{%- set content = message.content.split('</think>')[-1].lstrip('\\n') %}{%- endfor %}",
    // DeepSeek.
    "{% set ns = namespace(is_first=false, is_tool=false, system_prompt='', is_first_sp=true) %}{%- for message in messages %}{%- if message['role'] == 'system' %}{% set ns.system_prompt = ns.system_prompt + '\\n\\n' + message['content'] %}{%- endif %}{%- for tool in message['tool_calls'] %}{{'<｜tool▁calls▁begin｜>' + tool['type'] + '<｜tool▁sep｜>' + tool['function']['name'] + '\\n' + '```json' + '\\n' + tool['function']['arguments'] + '\\n' + '```'}}{%- endfor %}{%- endfor %}",
    // Gemma.
    "{%- if messages[0]['content'] is string -%}{%- set first_user_prefix = messages[0]['content'] + '\\n\\n' -%}{%- else -%}{%- set first_user_prefix = messages[0]['content'][0]['text'] + '\\n\\n' -%}{%- endif -%}{%- for message in loop_messages -%}{%- if (message['role'] == 'assistant') -%}{%- set role = \"model\" -%}{%- else -%}{%- set role = message['role'] -%}{%- endif -%}{{ '<start_of_turn>' + role + '\\n' + (first_user_prefix if loop.first else \"\") }}{{ roles[role] }}{%- endfor -%}",
    // Hermes and Command R: macros.
    '{%- macro json_to_python_type(json_spec) %}{%- set basic_type_map = {"string": "str", "number": "float"} %}{%- if basic_type_map[json_spec.type] is defined %}{{- basic_type_map[json_spec.type] }}{%- elif json_spec.type == "array" %}{{- "list[" + json_to_python_type(json_spec|items) + "]" }}{%- endif %}{%- endmacro %}{%- for p in tool.parameters.properties %}{{ json_to_python_type(tool.parameters.properties[p]) }}{%- endfor %}',
    // GigaChat 3.5: keys that are computed from the messages.
    "{%- macro show(schema, indent='') -%}{%- for raw in schema['$ref'][2:].split('/') -%}{%- set seg = raw | replace('~1', '/') | replace('~0', '~') -%}{%- set ns.n = ns.n[seg] -%}{{ ns.n[seg | int] }}{%- endfor -%}{%- set frag = show(schema, indent + (' ' * 2)) -%}{%- set ns.pairs = ns.pairs + [(key, frag)] -%}{%- for key, val in ns.pairs -%}{{ schema[key] }}{{ indent[:-2] + '}' }}{%- endfor -%}{%- endmacro -%}",
    // Gemma 4 and Kimi K3: macros with attributes, and names with an underscore in front.
    "{%- macro open_tag(tag, attrs=[]) -%}{%- for attr in attrs -%}{{- ' ' + attr[0] + '=\"' -}}{{ attr[1]|string|replace('&', '&amp;') }}{%- endfor -%}{%- endmacro -%}{{- open_tag('message', [('role', 'system'), ('type', message_type)]) -}}{%- set fn = fn.get('_xtml_json_block') -%}{%- set call = state.tool_calls[state.tool_index - 1] -%}{%- for i in range(msg_index - 1, -1, -1) -%}{{ messages[i].role }}{{ format_argument(item_value | map('upper') | list) }}{%- endfor -%}",
    // The objects of Jinja as they are meant.
    "{% set c = cycler('a', 'b') %}{{ c.next() }}{% set sep = joiner(', ') %}{{ sep() }}{{ tool.namespace }}{{ f(self='x') }}",
    "{% generation %}{{ message['content'] }}{% endgeneration %}{{ tools|map(attribute='function')|map(attribute='name')|join(', ') }}",
    'No template: {"a": {"b": __name__}} and {{ without an end ""["__class__"]',
  ])('%s', (template) => {
    expect(findTemplateEscape(template)).toBeUndefined();
  });
});
