import { array, assert, nat, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanBytes, summary } from '../fixtures/scan';
import { advisoriesFor, compareVersions, severityOfScore } from './advisories';

describe('published vulnerabilities', () => {
  test('are told for pinned versions, with the severity of the worst', async () => {
    const scan = async (name: string, text: string): Promise<string[]> =>
      summary(await scanBytes(name, Buffer.from(text)));
    expect(await scan('requirements.txt', 'torch==2.5.1+cu121\n')).toEqual(['DEP-003 CRITICAL']);
    expect(await scan('requirements.txt', 'keras==3.8.0\n')).toEqual(['DEP-003 HIGH']);
    expect(await scan('requirements.txt', 'requests==2.30.0\n')).toEqual(['DEP-003 MEDIUM']);
    expect(await scan('requirements.txt', 'torch==2.6.0\nkeras==3.11.0\ntorch>=1.0\nnumpy==1.*\n')).toEqual([]);
    expect(await scan('package.json', '{"dependencies":{"lodash":"4.17.20","ws":"^8.1.0","next":"15.2.3"}}')).toEqual([
      'DEP-003 HIGH',
    ]);
  });

  test('begin and end with exact versions', () => {
    const found = (version: string): number => advisoriesFor('pypi', 'llama-cpp-python', version).length;
    expect(['0.2.29', '0.2.30', '0.2.71', '0.2.72', '1.0'].map(found)).toEqual([0, 1, 1, 0, 0]);
    expect(advisoriesFor('npm', 'torch', '1.0.0')).toEqual([]);
    expect(advisoriesFor('npm', '__proto__', '1.0.0')).toEqual([]);
  });

  test.each([
    ['1.2', '1.2.0', 0],
    ['1.10.0', '1.9.9', 1],
    ['2.6.0rc1', '2.6.0', -1],
    ['2.6.0-beta.1', '2.6.0', -1],
    ['2.6.0.post1', '2.6.0', 0],
    ['v1.0', '1.0', 0],
    ['15.2.0-canary.1', '15.2.0', -1],
  ])('%s against %s', (a, b, expected) => {
    expect(Math.sign(compareVersions(a, b)!)).toBe(expected);
  });

  test('versions are ordered, whatever their length', () => {
    const version = array(nat(30), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
    assert(
      property(version, version, (a, b) => {
        expect(Math.sign(compareVersions(a, b)!)).toBe(-Math.sign(compareVersions(b, a)!) + 0);
        expect(compareVersions(a, a)).toBe(0);
      }),
    );
    for (const range of ['>=1', '1.x', '*', '', 'latest', '1..2']) expect(compareVersions(range, '1')).toBeUndefined();
  });

  test('a score falls into the band of the specification', () => {
    expect([10, 9, 8.9, 7, 6.9, 4, 3.9, 0].map(severityOfScore)).toEqual([
      'CRITICAL',
      'CRITICAL',
      'HIGH',
      'HIGH',
      'MEDIUM',
      'MEDIUM',
      'LOW',
      'LOW',
    ]);
  });
});
