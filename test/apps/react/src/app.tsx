import { useEffect, useState } from 'react';

const query = new URLSearchParams(location.search);

export function App() {
  const [people, setPeople] = useState<readonly string[]>([]);
  useEffect(() => { document.body.dataset.mounts = `${Number(document.body.dataset.mounts ?? 0) + 1}`; }, []);
  return <>
    <rtc-room
      name={query.get('room') ?? ''}
      server={query.get('server') ?? ''}
      displayName={query.get('name')}
      relayOnly={false}
      getToken={() => {
        document.title = 'asked for a token';
        return 'none';
      }}
      onrtc-participant-joined={(event) => { setPeople((all) => [...all, event.detail.participant.name]); }}
    />
    <output>{people.join()}</output>
  </>;
}
