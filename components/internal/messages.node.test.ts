import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { english } from './english.ts';
import { errorText, messageReaders, setMessages, text } from './messages.ts';

describe('text', () => {
  it('puts values in, as they are', () => {
    assert.equal(text('said:participant-left', { name: '{name} $& <b>' }), '{name} $& <b> left');
  });

  it('takes overridden sentences, and asks elements on show to render again', () => {
    let asked = 0;
    messageReaders.add({ requestUpdate: () => { asked++; } });
    setMessages({ 'join': 'Los' });
    assert.deepEqual([text('join'), text('leave'), asked], ['Los', 'Leave', 1]);
    setMessages(english);
  });
});

describe('errorText', () => {
  it('has a sentence for every code, a common one for those that no person meets', () => {
    assert.equal(errorText('room-full'), 'The room is full.');
    assert.equal(errorText('hello-mismatch'), errorText('internal'));
    assert.equal(errorText('constructor'), errorText('internal'));
  });
});
