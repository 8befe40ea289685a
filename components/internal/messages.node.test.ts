import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addMessages, errorText, say, setMessages } from './messages.ts';
import type { Text } from './messages.ts';

const EN = { language: 'en', locale: 'en-GB' };
const text: Text = (key, values) => say(EN, key, values);

describe('say', () => {
  it('puts values in, as they are', () => {
    assert.equal(text('screen-of', { name: '{name} $& <b>' }), 'Screen of {name} $& <b>');
  });

  it('takes the form of the count, and writes it as the locale does', () => {
    addMessages({ 'messages-new': { one: '{count} a', few: '{count} b', other: '{count} c' } }, 'pl');
    const forms = [1, 3, 5, 12345].map((count) => say({ language: 'pl', locale: 'de' }, 'messages-new', { count }));
    assert.deepEqual(forms, ['1 a', '3 b', '5 c', '12.345 c']);
  });

  it('says in English what a language lacks', () => {
    assert.equal(say({ language: 'pl', locale: 'pl' }, 'join'), 'Join');
  });
});

describe('setMessages', () => {
  it('replaces sentences everywhere, or in one language, which goes before', () => {
    setMessages({ 'close': 'Fort', 'join': 'Los' });
    setMessages({ 'close': 'Zu' }, 'de-AT');
    assert.deepEqual([text('close'), text('join'), text('leave')], ['Fort', 'Los', 'Leave']);
    assert.deepEqual((['close', 'join'] as const).map((key) => say({ language: 'de', locale: 'de' }, key)), ['Zu', 'Los']);
  });

  it('brings a sentence back, and refuses what is no language', () => {
    setMessages({ join: undefined });
    assert.equal(text('join'), 'Join');
    assert.throws(() => { setMessages({}, 'not a language'); }, RangeError);
  });

  it('keeps what it replaced when the language is loaded later', () => {
    setMessages({ 'joining': 'Gleich' }, 'de');
    addMessages({ 'joining': 'Beitreten…', 'join': 'Beitreten' }, 'de');
    assert.deepEqual((['joining', 'join'] as const).map((key) => say({ language: 'de', locale: 'de' }, key)), ['Gleich', 'Beitreten']);
  });
});

describe('errorText', () => {
  it('has a sentence for every code, a common one for those that no person meets', () => {
    assert.equal(errorText(text, 'room-full'), 'The room is full.');
    assert.equal(errorText(text, 'hello-mismatch'), errorText(text, 'internal'));
    assert.equal(errorText(text, 'constructor'), errorText(text, 'internal'));
  });
});
