import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readElement } from './element-docs.ts';
import { elementApi } from './element-tables.ts';

const SOURCE = `
/** Something else. */
const other = 1;

/**
 * What it is. And
 * more.
 *
 * @attr for - The room.
 * @attr kind - \`a\` or \`b\`. @default a
 * @prop unread - How many.
 * @fires rtc-joined
 * @slot - Buttons. @slot send @slot reply - Icons.
 * @csspart list @csspart form
 * @csspart level - How
 *   loud.
 * @cssprop --rtc-gap - Between.
 */
export class RtcSomethingElement extends RtcPartElement {
`;

describe('readElement', () => {
  const doc = readElement('rtc-something', SOURCE);

  it('reads the comment over the class', () => {
    assert.equal(doc.about, 'What it is. And more.');
    assert.throws(() => readElement('rtc-x', 'export class RtcXElement extends Y {'), /<rtc-x> has no comment/);
  });

  it('gives what stands in one line the words at its end', () => {
    const said = (kind: string) => doc.entries.filter((entry) => entry.kind === kind).map(({ name, about }) => [name, about]);
    assert.deepEqual(said('slot'), [['', 'Buttons.'], ['send', 'Icons.'], ['reply', 'Icons.']]);
    assert.deepEqual(said('csspart'), [['list', ''], ['form', ''], ['level', 'How loud.']]);
    assert.deepEqual(said('cssprop'), [['--rtc-gap', 'Between.']]);
  });

  it('makes the tables of its page', () => {
    const api = elementApi(doc);
    assert.match(api, /^\| `kind` \| `kind` \| `a` or `b`\. Default: a\. \|$/m);
    assert.match(api, /^\| – \| `unread` \| How many\. \|$/m);
    assert.match(api, /^\| `rtc-joined` \| `\{id\}` \| One is in the room\. \|$/m);
    assert.match(api, /^- Slots: the default one \(buttons\), `send`, `reply` \(icons\)$/m);
    assert.match(api, /^- Parts: `list`, `form`, `level` \(how loud\)$/m);
  });
});
