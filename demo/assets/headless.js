import { createRoom } from '/engine.js';

const byId = (id) => document.getElementById(id);
const room = createRoom({
  server: location.origin,
  name: new URLSearchParams(location.search).get('room') ?? 'lobby',
  displayName: `Visitor ${Math.floor(Math.random() * 1000)}`,
});

function log(line) {
  const item = document.createElement('li');
  item.textContent = line;
  byId('log').prepend(item);
}

/** What a click starts may fail; the reason belongs on the page. */
function onClick(id, action) {
  byId(id).addEventListener('click', async () => {
    try {
      await action();
    } catch (error) {
      log(`${id} failed: ${error.message}`);
    }
  });
}

const nameOf = (id) => room.snapshot.participants.find((participant) => participant.id === id)?.name ?? id;

room.subscribe(({ state, participants }) => {
  byId('state').textContent = state;
  byId('participants').replaceChildren(...participants.map((participant) => {
    const item = document.createElement('li');
    item.textContent = `${participant.name} (${participant.state})`;
    return item;
  }));
});

room.on('wave', (payload, { from }) => { log(`${nameOf(from)} waves: ${payload}`); });
room.handle('time', () => new Date().toISOString());
room.lifecycle.on('error', ({ error }) => { log(`error ${error.message}`); });

let channel;
onClick('join', async () => {
  await room.join();
  channel = await room.openChannel('numbers', { ordered: false });
  channel.on('number', (number, { from }) => { log(`${nameOf(from)} sent ${number} over the channel`); });
});
onClick('leave', () => room.leave());
onClick('emit', () => { room.emit('wave', 'hello'); });
onClick('request', () => Promise.all(room.snapshot.participants.map(({ id, name }) => room.to(id).request('time').then(
  (time) => { log(`${name} says it is ${time}`); },
  (error) => { log(`${name}: ${error.message}`); },
))));
onClick('channel', () => {
  if (!channel) throw new Error('Join first.');
  channel.emit('number', Math.random());
});
