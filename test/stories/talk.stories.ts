import { html } from 'lit';
import { RoomError } from '../../src/index.ts';
import { pictureFile } from './media.ts';
import { dense, idOf, LONG_NAME } from './stage.ts';
import type { TransferView } from '../../src/index.ts';
import type { Stage, Stories } from './stage.ts';

const CHAT = html`<rtc-chat style="block-size: 28rem; max-inline-size: 32rem"></rtc-chat>`;
const FILES = html`<rtc-files style="max-inline-size: 36rem"></rtc-files>`;

async function talking(stage: Stage): Promise<void> {
  await stage.join(CHAT, 2);
  stage.say('ada', 'Good morning! Here is the plan: https://example.org/plan');
  stage.say('bo', '🎉');
  stage.room.sendMessage('Thank you, that looks good to me. Let us go through it line by line when everyone is here.');
  stage.say('ada', 'Yes.', { replyTo: stage.room.snapshot.messages.find(({ own }) => own)?.id });
}

async function repliedTo(stage: Stage): Promise<void> {
  await talking(stage);
  await stage.press('[part~=reply]');
}

/** As a room's files are at one moment. */
function withFiles(stage: Stage, ...transfers: readonly Partial<TransferView>[]): void {
  const views = transfers.map((transfer, index): TransferView => ({
    id: `file-${index}`, name: 'plan.pdf', size: 2_400_000, type: 'application/pdf', direction: 'receive', participant: 'ada',
    state: 'offered', bytes: 0, bytesPerSecond: 0, ...transfer,
  }));
  const picture = pictureFile();
  const files = {
    snapshot: { transfers: views }, subscribe: () => () => {}, lifecycle: { on: () => () => {} },
    find: (id: string) => ({ snapshot: views.find((view) => view.id === id), done: picture }),
  };
  Object.defineProperty(stage.room, 'files', { value: files });
}

const half = { state: 'active', bytes: 1_200_000, bytesPerSecond: 310_000, secondsLeft: 4 } as const;

export const chat: Stories = {
  empty: (stage) => stage.join(CHAT, 1),
  outside: (stage) => stage.show(CHAT),
  several: talking,
  typing: async (stage) => {
    await talking(stage);
    for (const id of ['ada', 'bo']) stage.network.context.onTalk(id, ['typing', true]);
  },
  unread: async (stage) => {
    await stage.join(CHAT, 2);
    for (let line = 0; line < 30; line++) stage.say('ada', `Line ${line + 1}`);
    await stage.settled();
    const list = await stage.find('[part=list]');
    list.scrollTop = 0;
    list.dispatchEvent(new Event('scroll'));
    await stage.settled();
    stage.say('bo', 'And one more.');
  },
  replying: repliedTo,
  compact: dense(repliedTo, 0.8),
  roomy: dense(repliedTo, 1.2),
  'from-right': async (stage) => {
    await stage.join(CHAT, 1);
    stage.arrive('ليلى', LONG_NAME);
    stage.say('ليلى', 'صباح الخير، هل نبدأ؟');
    stage.say('ada', 'Yes, see example.org – צהריים טובים');
    stage.say(idOf(LONG_NAME), 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'.repeat(2));
  },
  files: async (stage) => {
    withFiles(stage, {}, { ...half, direction: 'send', name: 'holiday.jpg', type: 'image/jpeg' });
    await talking(stage);
  },
};

export const files: Stories = {
  empty: (stage) => stage.join(FILES, 1),
  offered: async (stage) => {
    withFiles(stage, {}, { direction: 'send', name: `${LONG_NAME} and what else there is to know of it, final version.docx` });
    await stage.join(FILES, 1);
  },
  'under-way': async (stage) => {
    withFiles(stage, half, { ...half, state: 'paused', pausedBy: 'us' }, { ...half, state: 'interrupted', direction: 'send' });
    await stage.join(FILES, 1);
  },
  done: async (stage) => {
    withFiles(stage, { state: 'done', name: 'holiday.png', type: 'image/png' }, { state: 'done', direction: 'send' });
    await stage.join(FILES, 1);
    await stage.find('[part=picture]');
  },
  failed: async (stage) => {
    const error = new RoomError('file-refused', 'No.');
    withFiles(stage, { state: 'failed', error, direction: 'send' });
    await stage.join(FILES, 1);
  },
};

const TOASTS = html`<rtc-toasts kinds="joined left errors muted files"></rtc-toasts>`;

/** They stay for as long as somebody points at them. */
async function point(stage: Stage): Promise<void> {
  const toasts = await stage.find('rtc-toasts');
  toasts.shadowRoot?.querySelector('[part=list]')?.dispatchEvent(new PointerEvent('pointerenter'));
}

export const toasts: Stories = {
  empty: (stage) => stage.join(TOASTS),
  several: async (stage) => {
    await stage.join(TOASTS);
    await point(stage);
    stage.arrive('Ada', LONG_NAME);
    stage.tell({ type: 'participant-gone', id: 'ada', reason: 'left' });
    stage.tell({ type: 'error', error: new RoomError('no-path', 'None.') });
  },
  file: async (stage) => {
    withFiles(stage, {});
    await stage.join(TOASTS, 1);
    await point(stage);
  },
};
