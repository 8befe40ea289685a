import { RtcElement } from '../internal/rtc-element.ts';
import type { PropertyDeclarations } from 'lit';
import type { RoomOptions } from '../../src/index.ts';

/** The properties that become options of the room. */
export const OPTION_PROPERTIES = {
  name: {}, server: {}, token: {},
  nameInUrl: { attribute: 'name-in-url', type: Boolean },
  displayName: { attribute: 'display-name' },
  relayOnly: { attribute: 'relay-only', type: Boolean },
  privateName: { attribute: 'private-name', type: Boolean },
  getToken: { attribute: false },
  link: { type: Boolean },
  linkSecret: { attribute: false },
  vouchKeys: { attribute: 'vouch-keys' },
  vouchIssuer: { attribute: 'vouch-issuer' },
  requireVouch: { attribute: 'require-vouch', type: Boolean },
  getVouch: { attribute: false },
} satisfies PropertyDeclarations;

/** The properties of `<rtc-room>`; its room itself apart. */
export class RoomOptionsElement extends RtcElement {
  static override properties: PropertyDeclarations = {
    ...OPTION_PROPERTIES, autojoin: { type: Boolean }, noShortcuts: { attribute: 'no-shortcuts', type: Boolean },
    noStorage: { attribute: 'no-storage', type: Boolean },
  };
  declare autojoin: boolean;
  declare noShortcuts: boolean;
  declare noStorage: boolean;
  declare name: string;
  declare nameInUrl: boolean;
  declare server: string;
  declare token: string;
  declare displayName: string | null;
  declare relayOnly: boolean;
  declare privateName: boolean;
  declare getToken: RoomOptions['getToken'] | undefined;
  declare link: boolean;
  declare linkSecret: string | undefined;
  declare vouchKeys: RoomOptions['vouchKeys'] | undefined;
  declare vouchIssuer: string | undefined;
  declare requireVouch: boolean;
  declare getVouch: RoomOptions['getVouch'] | undefined;

  /** Whether an invitation holds one. */
  get hasSecret(): boolean {
    return this.link || this.linkSecret !== undefined;
  }

  constructor() {
    super();
    this.name = this.server = this.token = '';
    this.displayName = null;
    this.autojoin = this.noShortcuts = this.noStorage = false;
    this.nameInUrl = this.relayOnly = this.privateName = this.link = this.requireVouch = false;
  }
}
