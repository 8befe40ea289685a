/** English: the words of the Matrix specification for its emoji (docs/decisions/310-emoji-of-matrix.md). */
export const words: readonly string[] = [
  'Dog', 'Cat', 'Lion', 'Horse', 'Unicorn', 'Pig', 'Elephant', 'Rabbit', 'Panda', 'Rooster', 'Penguin', 'Turtle', 'Fish',
  'Octopus', 'Butterfly', 'Flower', 'Tree', 'Cactus', 'Mushroom', 'Globe', 'Moon', 'Cloud', 'Fire', 'Banana', 'Apple',
  'Strawberry', 'Corn', 'Pizza', 'Cake', 'Heart', 'Smiley', 'Robot', 'Hat', 'Glasses', 'Spanner', 'Santa', 'Thumbs Up',
  'Umbrella', 'Hourglass', 'Clock', 'Gift', 'Light Bulb', 'Book', 'Pencil', 'Paperclip', 'Scissors', 'Lock', 'Key', 'Hammer',
  'Telephone', 'Flag', 'Train', 'Bicycle', 'Aeroplane', 'Rocket', 'Trophy', 'Ball', 'Guitar', 'Trumpet', 'Bell', 'Anchor',
  'Headphones', 'Folder', 'Pin',
];
