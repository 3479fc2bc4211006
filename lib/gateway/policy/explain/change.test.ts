import { describe, expect, it } from 'vitest';
import { EntityStore } from '../entity-store';
import { parseRequest } from '../request';
import { CedarSet, EntityUid, type Value } from '../values/value';
import { applyChanges, type Change, changeKey, type ChangeSet, changeSet, merge } from './change';

const uid = (id: string) => new EntityUid('A', id);
const REQUEST = parseRequest({ principal: uid('x'), action: uid('x'), resource: uid('x'), context: { hour: 1 } });
const SCENE = { ...REQUEST, entities: EntityStore.EMPTY };

const hour = (value: Value | undefined, isExample = false): ChangeSet =>
  changeSet({ kind: 'value', location: { holder: 'context', path: ['hour'] }, value, isExample });
const member = (entity: string, group: string, isMember = true): Change => ({
  kind: 'membership',
  entity: uid(entity),
  group: uid(group),
  isMember,
});

describe('changes', () => {
  it('of one input merge into that of either side, unless both want the same', () => {
    expect(merge(hour(2), hour(2))).toEqual([hour(2)]);
    expect(merge(hour(2), hour(3))).toEqual([hour(2), hour(3)]);
    expect(merge(hour(2), hour(undefined))).toEqual([hour(2), hour(undefined)]);
    const joins = changeSet(member('x', 'g'));
    const alsoJoining = (changes: ChangeSet) => new Map([...changes, ...joins]);
    expect(merge(alsoJoining(hour(2)), alsoJoining(hour(3)))).toEqual([hour(2), hour(3)].map(alsoJoining));
  });

  it('to an example give way to a definite one, but not to the absence of the input', () => {
    expect(merge(hour(2, true), hour(3))).toEqual([hour(3)]);
    expect(merge(hour(3), hour(2, true))).toEqual([hour(3)]);
    expect(merge(hour(2, true), hour(undefined))).toEqual([hour(2, true), hour(undefined)]);
  });

  it('of memberships merge into either side as well', () => {
    const [joins, leaves] = [changeSet(member('x', 'g')), changeSet(member('x', 'g', false))];
    expect(merge(joins, leaves)).toEqual([joins, leaves]);
    expect(merge(joins, hour(2))).toEqual([new Map([...hour(2), ...joins])]);
  });

  it('are told apart by the input and what it becomes, also by its type', () => {
    const values = [1, '1', true, 'true', undefined, new CedarSet([1]), new CedarSet([2])];
    const changes = [
      ...values.flatMap((value) => [...hour(value).values()]),
      member('x', 'g'),
      member('x', 'g', false),
    ];
    expect(new Set(changes.map(changeKey)).size).toBe(changes.length);
  });

  it('of groups that would make a circle cannot be made together', () => {
    expect(applyChanges(SCENE, [member('x', 'g')])?.entities.ancestorsOf(uid('x').key)).toContain(uid('g').key);
    expect(applyChanges(SCENE, [member('x', 'g'), member('g', 'x')])).toBeUndefined();
  });
});
