/** What is said where there is a link to pass on. */
export const inviting = {
  'invite-copied': 'Link copied',
  'invite-copy': 'Copy link',
  'invite-by-hand': 'The link is selected. Copy it with the keyboard or the menu.',
  'invite-link': 'Link to this room',
};
