/** German: the words of the Matrix specification for its emoji (docs/decisions/310-emoji-of-matrix.md). */
export const words: readonly string[] = [
  'Hund', 'Katze', 'Löwe', 'Pferd', 'Einhorn', 'Schwein', 'Elefant', 'Hase', 'Panda', 'Hahn', 'Pinguin', 'Schildkröte',
  'Fisch', 'Oktopus', 'Schmetterling', 'Blume', 'Baum', 'Kaktus', 'Pilz', 'Globus', 'Mond', 'Wolke', 'Feuer', 'Banane',
  'Apfel', 'Erdbeere', 'Mais', 'Pizza', 'Kuchen', 'Herz', 'Lächeln', 'Roboter', 'Hut', 'Brille', 'Schraubenschlüssel',
  'Weihnachtsmann', 'Daumen Hoch', 'Regenschirm', 'Sanduhr', 'Uhr', 'Geschenk', 'Glühbirne', 'Buch', 'Bleistift',
  'Büroklammer', 'Schere', 'Schloss', 'Schlüssel', 'Hammer', 'Telefon', 'Flagge', 'Zug', 'Fahrrad', 'Flugzeug', 'Rakete',
  'Pokal', 'Ball', 'Gitarre', 'Trompete', 'Glocke', 'Anker', 'Kopfhörer', 'Ordner', 'Stecknadel',
];
