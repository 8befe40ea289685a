/** What is said about who people are; loaded with the elements that say it. */
export const verifying = {
  'about:unverified':
    'This connection is encrypted, but only with whoever the server named. Nobody has checked that it really is this person.',
  'about:linked': 'This person holds the same link as you. The server cannot read or change how you are connected.',
  'about:vouched': '{issuer} vouches that this connection belongs to {who}.',
  'about:vouched-by-relay': 'The server of this call itself vouches for it: this is as good as that server.',
  'about:verified': 'You compared codes with this person: nobody stands between you.',
  'about:code': 'This page got its code from the call’s own server, unchecked. A dishonest server could show anything here.',
  'about:no-picture': 'A code does not protect you from an imitated face or voice. Listen to how they say it.',
  'identity-is': '{name}: {level}',
  'verify': 'Compare codes',
  'verify-again': 'Try again',
  'verify-ask': 'Do you all see the same?',
  'verify-ask-pair': 'Do you and {name} see the same?',
  'verify-all': 'Everyone here is verified.',
  'verify-alone': 'There is nobody here yet to compare a code with.',
  'verify-computing': 'Making a code…',
  'verify-differ': 'They differ',
  'verify-how': 'Read it to each other, out loud. Everyone has to see the same, in the same order.',
  'verify-match': 'They match',
  'verify-missing': 'No answer from {names}. You can still compare with each of the others alone.',
  'verify-numbers': 'Show numbers',
  'verify-emoji': 'Show pictures',
  'verify-outside': 'Once you are in a call, you can compare codes with the others here.',
  'verify-rekeyed':
    'Somebody called {names} was verified here before, and now has another key. That is usual for who left and came back. '
    + 'Compare again.',
  'verify-silent': 'No answer.',
  'verify-unable': 'Cannot take part: {names}.',
  'verify-warning': 'Do not trust this call',
  'verify-warning-differ':
    'If the codes differ, somebody may stand between you, hearing and seeing everything. Say nothing private, leave, and reach '
    + 'each other another way.',
  'verify-warning-mismatch':
    'Somebody tampered with the code while it was made. Say nothing private. Try again, or leave and reach each other '
    + 'another way.',
  'said:code': 'The code is ready: {code}',
};
