import { describe, expect, it } from 'vitest';
import { decisionsFor } from './decisions';

const cap = (id: string, names: string[]) => ({
  id,
  cap: 49,
  reason: '',
  entities: names.map((name) => ({ id: `id-${name}`, name, reasonKey: '', params: {} })),
});

const waiting = { reviews: 2, exclusions: 0, roles: 1, releases: 1 };

describe('decisionsFor', () => {
  it('puts what holds the score down before what waits for a word, and leaves out what does not wait', () => {
    const decisions = decisionsFor([cap('cap-reporting', ['A', 'B'])], waiting);
    expect(decisions.map(({ id, count }) => [id, count])).toEqual([
      ['cap-reporting', 2],
      ['releases', 1],
      ['roles', 1],
      ['reviews', 2],
    ]);
  });

  it('leads to the entity where only one is concerned', () => {
    expect(decisionsFor([cap('cap-reporting', ['A'])], null)[0]?.href).toBe('/readiness?entity=id-A');
    expect(decisionsFor([cap('cap-reporting', ['A', 'B'])], null)[0]?.href).toBe('/readiness');
  });

  it('asks for five decisions at most', () => {
    const caps = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => cap(id, ['A']));
    expect(decisionsFor(caps, waiting)).toHaveLength(5);
  });

  it('asks for nothing when nothing is open', () => {
    expect(decisionsFor([], { reviews: 0, exclusions: 0, roles: 0, releases: 0 })).toEqual([]);
  });
});
