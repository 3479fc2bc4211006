import { describe, expect, it } from 'vitest';
import { only, render } from '@/test/render';
import { TextInput } from './form-field';
import { FormIssues, IssueSummary } from './form-issues';

const form = (issues?: { path: string; message: string }[]) =>
  render(
    <FormIssues issues={issues}>
      <IssueSummary labels={{ 'facts.headcount': 'Headcount' }} />
      <TextInput name="facts.headcount" label="Headcount" value="" onChange={() => undefined} helperText="People" />
      <TextInput name="name" label="Name" value="" onChange={() => undefined} />
    </FormIssues>,
  );

describe('a form with refused fields', () => {
  it('shows each refusal at its own field, in place of the help', async () => {
    await form([{ path: 'facts.headcount', message: 'Must be a number.' }]);
    const field = only('input[name="facts.headcount"]');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    const help = document.querySelector(`#${CSS.escape(field.getAttribute('aria-describedby') ?? '')}`);
    expect(help?.textContent).toBe('Must be a number.');
    expect(only('input[name=name]').getAttribute('aria-invalid')).toBe('false');
  });

  it('says all refusals at the top, each leading to its field', async () => {
    await form([{ path: 'facts.headcount', message: 'Must be a number.' }]);
    const link = only('[role=alert] a');
    expect(link.textContent).toBe('Headcount');
    expect(document.querySelector(link.getAttribute('href') ?? '')).toBe(only('input[name="facts.headcount"]'));
  });

  it('is silent before anything was refused', async () => {
    const page = await form();
    expect(page.querySelector('[role=alert]')).toBeNull();
    expect(page.textContent).toContain('People');
  });
});
