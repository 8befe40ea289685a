import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { initials, nameLabels, plainName, roomLabels } from './name-labels.ts';

describe('nameLabels', () => {
  const vouched = { issuer: 'https://i.test', byRelay: false, sub: 'u-7' };
  const cases: [title: string, people: Parameters<typeof nameLabels>[0], expected: string[]][] = [
    ['marks by the subject who is vouched for without a name: what they call themselves is nobody\'s word',
      [{ id: 'aaaa1111', name: 'Ada', vouched }, { id: 'bbbb2222', name: 'Bob', vouched: { ...vouched, name: 'Bob' } }], ['Ada(u-7)', 'Bob']],
    ['leaves unique names alone', [{ id: 'aaaa1111', name: 'Ada' }, { id: 'bbbb2222', name: 'Bob' }], ['Ada', 'Bob']],
    ['marks two of one name', [{ id: 'aaaa1111', name: 'Ada' }, { id: 'bbbb2222', name: 'Ada' }], ['Ada#aaaa', 'Ada#bbbb']],
    ['marks by what is random in an id of socket.io, not by its counter',
      [{ id: 'Yl3TuEAVbWfdAAAB', name: 'Ada' }, { id: 'q8ZzPmXkw0rCAAAB', name: 'Ada' }], ['Ada#Yl3T', 'Ada#q8Zz']],
    ['sees through case and compatibility forms', [{ id: 'aaaa1111', name: 'Ada' }, { id: 'bbbb2222', name: 'ＡDA' }],
      ['Ada#aaaa', 'ＡDA#bbbb']],
    ['sees through what cannot be seen',
      [{ id: 'aaaa1111', name: 'Alice' }, { id: 'bbbb2222', name: 'Al\u200Cice' }, { id: 'cccc3333', name: 'Alice\uFE0F' }],
      ['Alice#aaaa', 'Al\u200Cice#bbbb', 'Alice\uFE0F#cccc']],
    ['calls a guest whose name cannot be seen', [{ id: 'aaaa1111', name: '\u200C \u3164' }], ['Guest']],
    ['calls the nameless guests, and tells them apart', [{ id: 'aaaa1111', name: '' }, { id: 'bbbb2222', name: '' }],
      ['Guest#aaaa', 'Guest#bbbb']],
    ['does not take one person for two', [{ id: 'aaaa1111', name: 'Ada' }, { id: 'aaaa1111', name: 'Ada' }], ['Ada']],
  ];
  for (const [title, people, expected] of cases) {
    it(title, () => {
      assert.deepEqual([...nameLabels(people, 'Guest').values()].map(({ name, mark }) => name + mark), expected);
    });
  }
});

describe('plainName', () => {
  it('isolates the direction of a name', () => {
    assert.equal(plainName({ name: 'نور', mark: '#1111' }), '\u2068نور\u2069 \u2066#1111\u2069');
  });
});

describe('initials', () => {
  const cases = { 'Ada Lovelace': 'AL', 'ada': 'A', 'Ada King of Lovelace': 'AL', '': '', '👩‍🚀 Sally': '👩‍🚀S' };
  for (const [name, expected] of Object.entries(cases)) {
    it(`of "${name}" are "${expected}"`, () => { assert.equal(initials(name), expected); });
  }
});

it('roomLabels are compared anew only where somebody is another', () => {
  const [local, ada] = [{ id: 'me', name: 'Me' }, { id: 'aaaa1111', name: 'Ada' }];
  const participants = [ada];
  const labels = roomLabels({ local, participants }, 'Guest');
  assert.deepEqual(labels, nameLabels([local, ada], 'Guest'));
  assert.equal(roomLabels({ local, participants }, 'Guest'), labels);
  assert.equal(roomLabels({ local: { id: 'me', name: 'Ada' }, participants }, 'Guest').get('aaaa1111')?.mark, '#aaaa');
  assert.equal(roomLabels({ local: { id: 'me', name: '' }, participants }, 'Gast').get('me')?.name, 'Gast');
  assert.equal(roomLabels({ local, participants: [ada, { id: 'bbbb2222', name: 'Bo' }] }, 'Guest').size, 3);
});
