import { Component, CUSTOM_ELEMENTS_SCHEMA, effect, ElementRef, signal, viewChild } from '@angular/core';
import type { RtcParticipantJoinedEvent, RtcRoomElement } from 'rtc-elements';

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <rtc-room #room [name]="query.get('room')" [server]="query.get('server')" [displayName]="query.get('name')" [relayOnly]="false"
      (rtc-participant-joined)="came($event)"></rtc-room>
    <output>{{ people().join() }}</output>
  `,
})
export class App {
  readonly query = new URLSearchParams(location.search);
  readonly people = signal<readonly string[]>([]);
  readonly room = viewChild.required<ElementRef<RtcRoomElement>>('room');

  constructor() {
    effect(() => {
      this.room().nativeElement.getToken = () => {
        document.title = 'asked for a token';
        return 'none';
      };
    });
  }

  came(event: RtcParticipantJoinedEvent) {
    this.people.update((all) => [...all, event.detail.participant.name]);
  }
}
