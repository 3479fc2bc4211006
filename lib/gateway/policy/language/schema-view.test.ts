import { describe, expect, it } from 'vitest';
import { actionEntities, type SchemaJson } from './schema';
import { viewSchema } from './schema-view';

const SCHEMA: SchemaJson = {
  '': {
    commonTypes: { Money: { type: 'decimal' } },
    entityTypes: {
      User: {
        memberOfTypes: ['Team'],
        shape: {
          type: 'Record',
          attributes: { pay: { type: 'Money', required: false }, age: { type: '__cedar::Long' } },
        },
      },
      Team: { tags: { type: 'Set', element: { type: 'EntityOrCommon', name: 'Long' } } },
      Color: { enum: ['red'] },
    },
    actions: {
      all: {},
      see: { memberOf: [{ id: 'all' }], appliesTo: { principalTypes: ['User'], resourceTypes: ['N::Box'] } },
      nobody: { appliesTo: { principalTypes: [], resourceTypes: ['N::Box'] } },
    },
  },
  N: {
    entityTypes: { Box: { shape: { type: 'Record', attributes: { owner: { type: 'Entity', name: 'User' } } } } },
    actions: {
      open: { memberOf: [{ id: 'all', type: 'Action' }], appliesTo: { principalTypes: ['User'], resourceTypes: [] } },
    },
  },
};

describe('schema', () => {
  it('is viewed with full names and with common types replaced', () => {
    const { entityTypes, actions, actionGroups } = viewSchema(SCHEMA);
    expect([...entityTypes.keys()]).toEqual(['User', 'Team', 'Color', 'N::Box']);
    expect(entityTypes.get('User')).toMatchObject({ memberOfTypes: ['Team'] });
    expect(Object.fromEntries(entityTypes.get('User')?.shape.attributes ?? [])).toEqual({
      pay: { type: { kind: 'decimal' }, isRequired: false },
      age: { type: { kind: 'long' }, isRequired: true },
    });
    expect(entityTypes.get('Team')?.memberOfTypes).toEqual([]);
    expect(entityTypes.get('Team')?.tags).toEqual({ kind: 'set', element: { kind: 'long' } });
    expect(entityTypes.get('Color')?.enumeratedIds).toEqual(['red']);
    const owner = { type: { kind: 'entity', name: 'User' }, isRequired: true };
    expect(entityTypes.get('N::Box')?.shape.attributes.get('owner')).toEqual(owner);
    expect(actions.map(({ uid }) => uid)).toEqual([{ type: 'Action', id: 'see' }]);
    expect(actionGroups).toEqual([
      { type: 'Action', id: 'all' },
      { type: 'Action', id: 'nobody' },
      { type: 'N::Action', id: 'open' },
    ]);
  });

  it('knows every type of the language, in its own namespace as well', () => {
    const kinds = {
      Bool: 'bool',
      Boolean: 'bool',
      Long: 'long',
      String: 'string',
      ipaddr: 'ipaddr',
      decimal: 'decimal',
      datetime: 'datetime',
      duration: 'duration',
    };
    for (const [name, kind] of Object.entries(kinds)) {
      const tagged = (tags: object) => ({ '': { entityTypes: { A: { tags } }, actions: {} } }) as unknown as SchemaJson;
      expect(viewSchema(tagged({ type: name })).entityTypes.get('A')?.tags).toEqual({ kind });
      expect(viewSchema(tagged({ type: `__cedar::${name}` })).entityTypes.get('A')?.tags).toEqual({ kind });
    }
  });

  it('refuses a name nobody declared, and a context that is no record', () => {
    const shaped = (shape: object) => ({ '': { entityTypes: { A: { shape } }, actions: {} } }) as unknown as SchemaJson;
    expect(() => viewSchema(shaped({ type: 'Record', attributes: { x: { type: 'Nope' } } }))).toThrow(
      'declare the type `Nope`',
    );
    expect(() => viewSchema(shaped({ type: 'Long' }))).toThrow('are records');
  });

  it('gives its actions as entities below their groups', () => {
    expect(actionEntities(SCHEMA)).toEqual([
      { uid: { type: 'Action', id: 'all' }, attrs: {}, parents: [] },
      { uid: { type: 'Action', id: 'see' }, attrs: {}, parents: [{ type: 'Action', id: 'all' }] },
      { uid: { type: 'Action', id: 'nobody' }, attrs: {}, parents: [] },
      { uid: { type: 'N::Action', id: 'open' }, attrs: {}, parents: [{ type: 'Action', id: 'all' }] },
    ]);
  });
});
