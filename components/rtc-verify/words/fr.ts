/** French: the words of the Matrix specification for its emoji (docs/decisions/310-emoji-of-matrix.md). */
export const words: readonly string[] = [
  'Chien', 'Chat', 'Lion', 'Cheval', 'Licorne', 'Cochon', 'Éléphant', 'Lapin', 'Panda', 'Coq', 'Manchot', 'Tortue',
  'Poisson', 'Poulpe', 'Papillon', 'Fleur', 'Arbre', 'Cactus', 'Champignon', 'Globe', 'Lune', 'Nuage', 'Feu', 'Banane',
  'Pomme', 'Fraise', 'Maïs', 'Pizza', 'Gâteau', 'Cœur', 'Sourire', 'Robot', 'Chapeau', 'Lunettes', 'Clé à molette',
  'Père Noël', 'Pouce en l’air', 'Parapluie', 'Sablier', 'Réveil', 'Cadeau', 'Ampoule', 'Livre', 'Crayon', 'Trombone',
  'Ciseaux', 'Cadenas', 'Clé', 'Marteau', 'Téléphone', 'Drapeau', 'Train', 'Vélo', 'Avion', 'Fusée', 'Trophée', 'Ballon',
  'Guitare', 'Trompette', 'Cloche', 'Ancre', 'Casque audio', 'Dossier', 'Punaise',
];
