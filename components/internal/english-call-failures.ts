/** What goes wrong in a call alone: by then it is loaded. */
export const callFailures = {
  'muted:camera': 'A host switched your camera off.',
  'muted:microphone': 'A host switched your microphone off.',
  'muted:screen': 'A host stopped your screen share.',
  'error:file-unwritable': 'The file could not be saved.',
  'error:identity-mismatch': 'Someone’s connection could not be trusted and was closed.',
  'error:link-missing': 'Someone without the link tried to join. They were kept out.',
  'error:message-too-large': 'The message is too long.',
  'error:queue-full': 'The connection is too slow at the moment. Try again.',
  'error:removed': 'A host removed you from the room.',
  'error:replaced': 'You joined from another window.',
  'error:room-ended': 'The call was ended for everyone.',
  'error:verification-mismatch': 'Someone interfered while the code was made. Do not trust this call.',
  'error:vouch-missing': 'Nobody vouches for one of the participants. They were kept out.',
  'error:vouch-signature': 'A participant’s identity was tampered with. They were not trusted.',
};
