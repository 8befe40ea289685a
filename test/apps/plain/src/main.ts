import 'rtc-elements/define';

const query = new URLSearchParams(location.search);
const room = document.createElement('rtc-room');
const people = document.createElement('output');

room.name = query.get('room') ?? '';
room.server = query.get('server') ?? '';
room.displayName = query.get('name');
room.relayOnly = false;
room.getToken = () => {
  document.title = 'asked for a token';
  return 'none';
};
room.addEventListener('rtc-participant-joined', (event) => { people.append(event.detail.participant.name); });
document.querySelector('#app')?.append(room, people);
