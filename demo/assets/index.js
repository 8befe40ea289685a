const name = new URLSearchParams(location.search).get('room');
if (name) document.querySelector('rtc-room').setAttribute('name', name);
