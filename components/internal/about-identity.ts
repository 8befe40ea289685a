import { html, nothing } from 'lit';
import { isCodeFromRelay } from './default-server.ts';
import { verifying } from './english-verifying.ts';
import { identityIcons } from './identity-icons.ts';
import { addMessages } from './messages.ts';
import { withName } from './name-labels.ts';
import type { TemplateResult } from 'lit';
import type { ParticipantView } from '../../src/index.ts';
import type { Text } from './messages.ts';
import type { NameLabel } from './name-labels.ts';

addMessages(verifying);

/** For a person who has never heard of keys; a way to do something about it is part of it. */
export function aboutIdentity({ identity, levels, vouched }: ParticipantView, label: NameLabel, text: Text): TemplateResult {
  const who = { issuer: vouched?.issuer ?? '', who: vouched ? vouched.name ?? vouched.sub : '' };
  const holding = levels.length > 0 ? [...levels].reverse() : [identity];
  return html`<h2 class=${identity}>${identityIcons[identity]} <span>${withName(text('identity-is', { level: text(`identity:${identity}`) }), label)}</span></h2>
    ${holding.map((level) => html`<p>${text(`about:${level}`, who)}</p>`)}
    ${vouched?.byRelay ? html`<p>${text('about:vouched-by-relay')}</p>` : nothing}
    ${isCodeFromRelay() ? html`<p>${text('about:code')}</p>` : nothing}
    <rtc-verify part="verify"></rtc-verify>`;
}
