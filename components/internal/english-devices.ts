/** What is said where devices are chosen. */
export const deviceWords = {
  'choose-later': 'Devices can be chosen once they are on.',
  'device-gone': '{name} (unplugged)',
  'microphone-level': 'Microphone level',
  'speaker': 'Speaker',
  'speaker-default': 'System default',
};
