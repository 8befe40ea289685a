const room = document.querySelector('rtc-room');
const list = document.querySelector('#events');
const name = new URLSearchParams(location.search).get('room');
if (name) room.setAttribute('name', name);

const events = [
  'rtc-before-join', 'rtc-before-leave', 'rtc-joined', 'rtc-left', 'rtc-participant-joined', 'rtc-participant-left',
  'rtc-track-added', 'rtc-track-removed', 'rtc-message-received', 'rtc-state-changed', 'rtc-error',
];

for (const type of events) {
  room.addEventListener(type, ({ detail }) => {
    const facts = {
      ...(detail.state && { state: detail.state }),
      ...(detail.participant && { participant: detail.participant.name }),
      ...(detail.track && { source: detail.track.source }),
      ...(detail.message?.text && { text: detail.message.text }),
      ...(detail.code && { code: detail.code, hint: detail.hint }),
    };
    const item = document.createElement('li');
    item.textContent = `${type} ${JSON.stringify(facts)}`;
    list.prepend(item);
  });
}
