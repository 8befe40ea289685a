/** Perfect negotiation's one decision (W3C WebRTC 10.7), pure. */
export interface NegotiationFacts {
  readonly type: 'offer' | 'answer';
  readonly polite: boolean;
  /** `setLocalDescription` for an offer is under way: `signalingState` does not show it yet. */
  readonly makingOffer: boolean;
  /** `setRemoteDescription` for an answer is under way: the state is as good as stable. */
  readonly settingAnswer: boolean;
  readonly signalingState: RTCSignalingState;
}

/**
 * `accept`: set it. `yield`: set it, which rolls our own offer back. `ignore`: drop it, and the candidates that follow it.
 * An answer that answers nothing (an offer was sent again after a break, and both copies were answered) is ignored too.
 */
export type Judgement = 'accept' | 'yield' | 'ignore';

export function judgeDescription({ type, polite, makingOffer, settingAnswer, signalingState }: NegotiationFacts): Judgement {
  if (type === 'answer') return signalingState === 'have-local-offer' && !settingAnswer ? 'accept' : 'ignore';
  const readyForOffer = !makingOffer && (signalingState === 'stable' || settingAnswer);
  if (readyForOffer) return 'accept';
  return polite ? 'yield' : 'ignore';
}
