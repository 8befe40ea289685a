/** Of keys; loaded with the first that is pressed, and with the menu that lists them. */
export const shortcutWords = {
  'hand-down': 'Hand lowered',
  'hold-to-talk': 'Hold to talk while muted',
  'key-space': 'Space',
  'said:screen-off': 'You no longer share your screen',
  'said:screen-on': 'You share your screen',
  'shortcuts': 'Keyboard shortcuts',
  'shortcuts-about': 'They work while the focus is in the call, and not while you type.',
};
