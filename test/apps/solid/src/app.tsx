import { createSignal } from 'solid-js';

const query = new URLSearchParams(location.search);

export function App() {
  const [people, setPeople] = createSignal<readonly string[]>([]);
  return <>
    <rtc-room
      name={query.get('room') ?? ''}
      server={query.get('server') ?? ''}
      prop:displayName={query.get('name')}
      prop:relayOnly={false}
      prop:getToken={() => {
        document.title = 'asked for a token';
        return 'none';
      }}
      on:rtc-participant-joined={(event) => { setPeople((all) => [...all, event.detail.participant.name]); }}
    />
    <output>{people().join()}</output>
  </>;
}
