/** What `<rtc-quality>` says, which stands on every tile. */
export const qualityWords = {
  'quality': 'Connection',
  'quality:good': 'Good connection',
  'quality:fair': 'Fair connection',
  'quality:poor': 'Poor connection',
  'quality-why': '{level}: {reason}',
  'reason:bandwidth': 'not enough bandwidth',
  'reason:cpu': 'this device is at its limit',
  'reason:freezes': 'the picture stands still',
  'reason:interrupted': 'interrupted',
  'reason:jitter': 'arrives unevenly',
  'reason:loss': 'parts get lost',
  'reason:round-trip': 'long delay',
};
