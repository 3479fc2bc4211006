import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';

export interface SecretMatch {
  rule: string;
  messageId: string;
  start: number;
  end: number;
}

/** Runs secretlint's recommended rules on a text. This module is loaded only when a text may hold a secret. */
export async function lintSecrets(content: string, filePath: string): Promise<SecretMatch[]> {
  const result = await lintSource({
    source: { content, filePath, ext: '', contentType: 'text' },
    options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: recommended }] } },
  });
  return result.messages.map(({ ruleId, messageId, range }) => ({
    rule: ruleId,
    messageId,
    start: range[0],
    end: range[1],
  }));
}
